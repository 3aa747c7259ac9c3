// Package gotop stands in for what the real program replaces a module by.
package gotop

// Name is told by the stand-in.
const Name = "the replacement"
