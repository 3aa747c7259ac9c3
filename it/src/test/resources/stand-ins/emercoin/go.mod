module example.org/emercoin

go 1.26
