# shellcheck shell=bash
echo a > a.txt; echo b > b.txt; echo c > c.md; echo blank > "name with blank"; ln -s a.txt link
mkdir -p tree/sub/deeper tree/sux; echo 1 > tree/sub/one; echo 2 > tree/sub/deeper/two; ln -s sub/one tree/to-one; ln -s /etc/passwd tree/absolute; ln -s nowhere tree/dangling
echo 3 > tree/sux/three; chmod 711 tree/sub/one; chmod 700 tree/sub/deeper; mkdir tree/empty; touch -d 2001-02-03 tree/sub/one
