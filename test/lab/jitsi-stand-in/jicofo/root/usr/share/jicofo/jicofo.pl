#!/usr/bin/perl
# Reads its configuration with the real parser when it starts, and says what it read. It is well as long as Prosody knows
# the domain of the services.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my $conf = '/etc/jitsi/jicofo/jicofo.conf';
$| = 1;
sub setting {
  my ($name) = @_;
  open my $asked, '-|', 'hocon', '-f', $conf, 'get', $name or die "hocon: $!\n";
  my $value = join '', <$asked>;
  chomp $value;
  return close $asked ? $value : '';
}

system('hocon', '-f', $conf, 'get', 'jicofo') == 0 or die "$conf cannot be read\n";
print join(' ', map { "$_=" . setting("jicofo.$_") }
  qw(authentication.enabled authentication.type authentication.login-url bridge.brewery-jid)), "\n";
my $properties = '/etc/jitsi/jicofo/sip-communicator.properties';
if (open my $old, '<', $properties) { print "properties: $_" for <$old> }

sub is_well {
  my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => 5222, Timeout => 2) or return 0;
  print $server "<?xml version='1.0'?><stream:stream to='$ENV{JICOFO_AUTH_DOMAIN}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
  my $heard = '';
  my $waiting = IO::Select->new($server);
  while ($waiting->can_read(2)) {
    sysread $server, $heard, 4096, length $heard or last;
    return 1 if $heard =~ /<\/stream:features>/;
    last if $heard =~ /<stream:error/;
  }
  return 0;
}

my $health = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 8888, Listen => 5, ReuseAddr => 1) or die "8888: $!\n";
while (my $client = $health->accept) {
  my $asked = <$client> // '';
  while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/ }
  my $status = $asked !~ m{^GET /about/health } ? '404 Not Found' : is_well() ? '200 OK' : '500 Internal Server Error';
  print $client "HTTP/1.0 $status\r\nContent-Length: 0\r\n\r\n";
  close $client;
}
