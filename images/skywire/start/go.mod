module network.privateness/skywire/start

go 1.26
