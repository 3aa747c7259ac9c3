module network.privateness/emercoin-core/node

go 1.26
