#!/usr/bin/perl
# Holds the ports of a bridge, and says on 8080 that it is well.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my %listen = (Listen => 5, ReuseAddr => 1);
my $media = IO::Socket::INET->new(Proto => 'udp', LocalPort => 10000) or die "10000/udp: $!\n";
my $public = IO::Socket::INET->new(%listen, LocalPort => 9090) or die "9090: $!\n";
my $health = IO::Socket::INET->new(%listen, LocalAddr => '127.0.0.1', LocalPort => 8080) or die "8080: $!\n";
my $waiting = IO::Select->new($media, $public, $health);
while (my @ready = $waiting->can_read) {
  for my $one (@ready) {
    if ($one == $media) { $one->recv(my $packet, 2048); next }
    my $client = $one->accept or next;
    print $client "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n" if $one == $health;
    close $client;
  }
}
