module network.privateness/tunnel

go 1.26
