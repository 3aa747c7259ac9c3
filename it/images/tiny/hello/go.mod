module network.privateness/hello

go 1.26
