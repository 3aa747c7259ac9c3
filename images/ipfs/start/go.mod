module network.privateness/ipfs/start

go 1.26
