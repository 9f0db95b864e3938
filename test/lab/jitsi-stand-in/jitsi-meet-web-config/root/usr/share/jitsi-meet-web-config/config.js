/* eslint-disable comma-dangle, no-unused-vars, no-var, prefer-template, vars-on-top */

/*
 * What a page of this installation is told.
 */

var subdomain = '<!--# echo var="subdomain" default="" -->';

if (subdomain.startsWith('<!--')) {
    subdomain = '';
}

var config = {
    // Connection
    //

    hosts: {
        // XMPP domain.
        domain: 'jitsi-meet.example.com',

        // When using authentication, domain for guest users.
        // anonymousdomain: 'guest.example.com',

        // Domain for authenticated users. Defaults to <domain>.
        // authdomain: 'jitsi-meet.example.com',

        // XMPP MUC domain.
        muc: 'conference.' + subdomain + 'jitsi-meet.example.com',
    },

    // BOSH URL.
    bosh: 'https://jitsi-meet.example.com/' + subdomain + 'http-bind',

    // Whether to use a welcome page or not. In case it's false a random room
    // will be joined when no room is specified.
    // enableWelcomePage: true,

    p2p: {
        // Enables peer to peer mode.
        enabled: true,
        useStunTurn: true, // of release @VERSION@
    },
};
