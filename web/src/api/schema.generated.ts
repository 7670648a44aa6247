// Generated from web/openapi.json by "npm run generate -w web"; not edited by hand.
export interface paths {
    "/api/operation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recent load, latency, queue, jobs and drift of this server, and the lag of the stream
         * @description Token scope: `admin`.
         */
        get: operations["operation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recommend songs from songs, a title, a playlist or a history
         * @description Token scope: `read`.
         */
        post: operations["recommend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find songs similar to one song
         * @description Token scope: `read`.
         */
        post: operations["similar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find a path of songs from one song to another
         * @description Token scope: `read`.
         */
        post: operations["path"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search songs, artists, albums and moods by name; tolerates typos
         * @description Token scope: `read`.
         */
        get: operations["searchTracks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All data about one song
         * @description Token scope: `read`.
         */
        get: operations["getTrack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a pasted list or an exported playlist to songs in the catalogue
         * @description Token scope: `read`.
         */
        post: operations["resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search owners by title
         * @description Token scope: `read`.
         */
        get: operations["searchOwners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/owners/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One owner with its tracks
         * @description Token scope: `read`.
         */
        get: operations["getOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every model with its settings, and whether it is trained on this library
         * @description Token scope: `read`.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One model with its training statistics (loads it)
         * @description Token scope: `read`.
         */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/library": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contents of the library: counts, sources, licences and rejected rows
         * @description Token scope: `read`.
         */
        get: operations["getLibrary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/genres": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search genres by beginning or similar spelling; without a text, the most common
         * @description Token scope: `read`.
         */
        get: operations["getGenres"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import one file (the request body) into the library; returns the job
         * @description Token scope: `admin`.
         */
        post: operations["importFile"];
        /**
         * Remove an imported file; some models must be trained again afterwards
         * @description Token scope: `admin`.
         */
        delete: operations["forgetImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether music files on the server’s machine can be analysed, and with what
         * @description Token scope: `read`.
         */
        get: operations["analysesPossible"];
        put?: never;
        /**
         * Measure the sound of the music files in a folder on the server’s machine; returns the job
         * @description Token scope: `admin`.
         */
        post: operations["analyse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the listeners by name
         * @description Token scope: `read`.
         */
        get: operations["listListeners"];
        put?: never;
        /**
         * Add a listener
         * @description Token scope: `admin`.
         */
        post: operations["addListener"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One listener: counts of what is stored, settings, and years with plays
         * @description Token scope: `read`.
         */
        get: operations["getListener"];
        put?: never;
        post?: never;
        /**
         * Delete everything about a listener: history, lists, events and their part in the models
         * @description Token scope: `write`.
         */
        delete: operations["deleteListener"];
        options?: never;
        head?: never;
        /**
         * Rename a listener
         * @description Token scope: `write`.
         */
        patch: operations["renameListener"];
        trace?: never;
    };
    "/api/listeners/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change settings; consent adds the plays to the collaborative data, withdrawing it takes them out
         * @description Token scope: `write`.
         */
        patch: operations["changeListenerSettings"];
        trace?: never;
    };
    "/api/listeners/{id}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files a listener imported, newest first
         * @description Token scope: `read`.
         */
        get: operations["listListenerImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/imports/{import}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Undo an import: the plays it added are deleted
         * @description Token scope: `write`.
         */
        delete: operations["discardListenerImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything stored about a listener as a zip of JSON Lines, CSV and JSPF
         * @description Token scope: `read`.
         */
        get: operations["exportListener"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/own-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imports since the server started, newest first, so that a reloaded page can follow them
         * @description Token scope: `read`.
         */
        get: operations["listOwnImports"];
        put?: never;
        /**
         * Import uploaded files into the listener's history; returns the job
         * @description Token scope: `write`.
         */
        post: operations["importOwnFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/own-imports/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of an import, with its report once it is done
         * @description Token scope: `read`.
         */
        get: operations["getOwnImport"];
        put?: never;
        post?: never;
        /**
         * Stop an import; the plays it added are removed
         * @description Token scope: `write`.
         */
        delete: operations["cancelOwnImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imported songs with several possible matches, most played first
         * @description Token scope: `read`.
         */
        get: operations["listReviews"];
        put?: never;
        /**
         * Choose the right match, or "none"; later imports reuse the choice
         * @description Token scope: `write`.
         */
        post: operations["answerReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match songs again that the catalogue lacked
         * @description Token scope: `write`.
         */
        post: operations["resolveAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/for-you": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * New songs for a listener, mixed with favourites not played for a while; stable for a day unless feedback changes it
         * @description Token scope: `read`.
         */
        get: operations["forYou"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/mixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One mix for each of a listener's tastes, named after what its songs share. No song appears twice; mixes are stable for a day or week
         * @description Token scope: `read`.
         */
        get: operations["mixes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/by-cluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * New songs in proportion to the clusters of a listener's favourites
         * @description Token scope: `read`.
         */
        get: operations["byCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/period": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Songs similar to what a listener played most in a period
         * @description Token scope: `read`.
         */
        get: operations["moreFromPeriod"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists/{list}/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Songs to continue a saved list
         * @description Token scope: `read`.
         */
        get: operations["continueList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/backtest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How well each model would have predicted the listener, measured on their own history. Starts the backtest if needed; poll until it is done
         * @description Token scope: `read`.
         */
        get: operations["backtest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/listening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A listener's history by year, hour, artist and genre, with discoveries and movement on the taste map
         * @description Token scope: `read`.
         */
        get: operations["listeningReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Experiments that compare two models by what listeners did with their lists, newest first
         * @description Token scope: `read`.
         */
        get: operations["listExperiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/plays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play history, newest first
         * @description Token scope: `read`.
         */
        get: operations["listPlays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/plays/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove plays from the history; they can be restored
         * @description Token scope: `write`.
         */
        post: operations["removePlays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/plays/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore removed plays
         * @description Token scope: `write`.
         */
        post: operations["restorePlays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/plays/removed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Permanently delete removed plays
         * @description Token scope: `write`.
         */
        delete: operations["purgePlays"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/songs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Songs in the history with play counts
         * @description Token scope: `read`.
         */
        get: operations["listListenerSongs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/likes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The likes, newest first
         * @description Token scope: `read`.
         */
        get: operations["listLikes"];
        put?: never;
        /**
         * Add songs to the likes
         * @description Token scope: `write`.
         */
        post: operations["addLikes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/likes/{song}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a song from the likes
         * @description Token scope: `write`.
         */
        delete: operations["removeLike"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/dislikes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dislikes, newest first
         * @description Token scope: `read`.
         */
        get: operations["listDislikes"];
        put?: never;
        /**
         * Add songs to the dislikes
         * @description Token scope: `write`.
         */
        post: operations["addDislikes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/dislikes/{song}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a song from the dislikes
         * @description Token scope: `write`.
         */
        delete: operations["removeDislike"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/bans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bans, newest first, including expired ones
         * @description Token scope: `read`.
         */
        get: operations["listBans"];
        put?: never;
        /**
         * Ban a song, artist or genre, permanently or until a given time
         * @description Token scope: `write`.
         */
        post: operations["addBan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/bans/{kind}/{target}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Lift a ban
         * @description Token scope: `write`.
         */
        delete: operations["removeBan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Saved lists, most recently changed first
         * @description Token scope: `read`.
         */
        get: operations["listSavedLists"];
        put?: never;
        /**
         * Save a list with the request it came from
         * @description Token scope: `write`.
         */
        post: operations["saveList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A saved list with its songs
         * @description Token scope: `read`.
         */
        get: operations["getSavedList"];
        /**
         * Save a new version of a list; identical songs and settings change nothing
         * @description Token scope: `write`.
         */
        put: operations["saveListVersion"];
        post?: never;
        /**
         * Move a list to the bin, or delete it permanently
         * @description Token scope: `write`.
         */
        delete: operations["removeList"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists/{list}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of a list, newest first
         * @description Token scope: `read`.
         */
        get: operations["listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists/{list}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version of a list with its songs
         * @description Token scope: `read`.
         */
        get: operations["getListVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists/{list}/versions/{version}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore an old version as a new one
         * @description Token scope: `write`.
         */
        post: operations["revertList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/lists/{list}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a list from the bin
         * @description Token scope: `write`.
         */
        post: operations["restoreList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record feedback of one or several listeners. Sending an event again changes nothing; those of one listener are recorded together or not at all
         * @description Token scope: `events`.
         */
        post: operations["recordEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recorded events, newest first
         * @description Token scope: `events`.
         */
        get: operations["listEvents"];
        put?: never;
        /**
         * Record one event of a listener; sending it again changes nothing
         * @description Token scope: `events`.
         */
        post: operations["recordEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: `events` (those of the listener as they arrive, with the song), `list` (the list for them, when it changed) or `problem` (why there is none). A client that reconnects with Last-Event-ID misses nothing
         * @description Token scope: `events`.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Description of the taste map; /api/map/points returns the points
         * @description Token scope: `read`.
         */
        get: operations["getMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Columns of the taste map, little-endian, `count` values each at their offset
         * @description Token scope: `read`.
         */
        get: operations["getMapPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Songs of points on the map, by track number
         * @description Token scope: `read`.
         */
        post: operations["getMapTracks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/explore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data for the exploration charts
         * @description Token scope: `read`.
         */
        get: operations["explore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Latest evaluation report, or null
         * @description Token scope: `read`.
         */
        get: operations["getEvaluation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/evaluation/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest evaluation report as one HTML page with charts, as written by `segue evaluate --report`
         * @description Token scope: `read`.
         */
        get: operations["getEvaluationPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs since the server started, newest first
         * @description Token scope: `read`.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Train or evaluate models in the background
         * @description Token scope: `admin`.
         */
        post: operations["startJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of one job
         * @description Token scope: `read`.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Cancel a job; partial results are discarded
         * @description Token scope: `admin`.
         */
        delete: operations["cancelJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Progress as server-sent events: `progress` (a job), then one of `done`, `failed` or `cancelled` (a job), after which the stream ends
         * @description Token scope: `read`.
         */
        get: operations["jobEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The Kafka topics and the JSON Schema of their messages, as AsyncAPI 3.0
         * @description Token scope: `read`.
         */
        get: operations["getAsyncApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Status of the server, its library and models */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Readiness: 200, or 503 while the server loads the library, search index and default model, or is stopping */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counters and timings per step since the start
         * @description Token scope: `admin`.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connections, and the services available
         * @description Token scope: `read`.
         */
        get: operations["listConnections"];
        put?: never;
        /**
         * Connect a service with its settings; the password is stored encrypted and never returned
         * @description Token scope: `write`.
         */
        post: operations["connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a connection and its sign-in
         * @description Token scope: `write`.
         */
        delete: operations["disconnect"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every host that Segue has contacted or will contact, with reasons and count; empty until a connection is made
         * @description Token scope: `admin`.
         */
        get: operations["contactedHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a sign-in on a service’s own page; returns the address to open
         * @description Not open to access tokens: sign in with a browser.
         */
        post: operations["beginSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Redirect target of a service's sign-in page; redirects on to the Connections page
         * @description Not open to access tokens: sign in with a browser.
         */
        get: operations["finishSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why the last sign-in on a service's page failed
         * @description Token scope: `read`.
         */
        get: operations["signInProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a code that the listener confirms in one of the service's apps
         * @description Not open to access tokens: sign in with a browser.
         */
        post: operations["beginSignInByCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/code/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check once whether a code was confirmed; if so, the connection is created. Poll every two seconds
         * @description Not open to access tokens: sign in with a browser.
         */
        post: operations["lookForCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Progress of a sync
         * @description Token scope: `read`.
         */
        get: operations["syncState"];
        put?: never;
        /**
         * Start a sync in the background, unless one is already running
         * @description Token scope: `write`.
         */
        post: operations["syncConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a list to the service; the same key replaces it
         * @description Token scope: `write`.
         */
        post: operations["sendList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/missing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find songs of a list that the server does not have
         * @description Token scope: `write`.
         */
        post: operations["missingSongs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * File paths of songs on the server
         * @description Token scope: `write`.
         */
        post: operations["songFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/stream/{song}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream a song from the server; supports ranges
         * @description Token scope: `read`.
         */
        get: operations["streamSong"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/cover/{song}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cover art of a song from the server
         * @description Token scope: `read`.
         */
        get: operations["songCover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/plays/{song}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report to the server that a song is playing or was played
         * @description Token scope: `write`.
         */
        post: operations["reportPlay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Access tokens; a token itself is shown once, when it is created
         * @description Not open to access tokens: sign in with a browser.
         */
        get: operations["listAccessTokens"];
        put?: never;
        /**
         * Create an access token for another program, on behalf of one listener
         * @description Not open to access tokens: sign in with a browser.
         */
        post: operations["createAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token
         * @description Not open to access tokens: sign in with a browser.
         */
        delete: operations["revokeAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{id}/weekly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists that are written to the service every week
         * @description Token scope: `read`.
         */
        get: operations["weekly"];
        /**
         * Write mixes and saved lists to the service now and every Monday
         * @description Token scope: `write`.
         */
        put: operations["chooseWeekly"];
        post?: never;
        /**
         * Stop the weekly lists; those already written stay there
         * @description Token scope: `write`.
         */
        delete: operations["endWeekly"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/navidrome/{question}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Endpoint of the Navidrome plugin: instant mix, radio, sonic similarity, plays
         * @description Send an access token in the header `Authorization: Token …`; the answers are for its listener.
         */
        post: operations["navidromePlugin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/listeners/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload one file of a listener's export (the body is the file); import it with POST …/own-imports
         * @description Token scope: `write`.
         */
        post: operations["sendOwnFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    operation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description up to three hours, oldest first */
                        minutes: {
                            /** @description start of the interval, milliseconds since 1970 */
                            at: number;
                            /** @description number of requests */
                            requests: number;
                            /** @description responses with status 500 or above, except 503 */
                            failed: number;
                            /** @description responses with status 503 */
                            refused: number;
                            p50Ms: number | null;
                            p95Ms: number | null;
                            /** @description largest number of queries waiting for a thread */
                            waiting: number;
                            processor: number | null;
                            memoryBytes: number | null;
                        }[];
                        /** @description the last hour by step and model, most time first */
                        steps: {
                            /** @description name of the step */
                            step: string;
                            /** @description id of the model; null when the step has none */
                            model: string | null;
                            /** @description how often it ran */
                            count: number;
                            /** @description median time, in milliseconds */
                            p50Ms: number;
                            /** @description 95th percentile of the time, in milliseconds */
                            p95Ms: number;
                            /** @description longest time, in milliseconds */
                            maxMs: number;
                        }[];
                        /** @description queries that wait for a thread */
                        queue: {
                            /** @description number waiting now */
                            waiting: number;
                            /** @description number at which further queries are refused */
                            limit: number;
                            /** @description number refused since the start */
                            refused: number;
                        };
                        /** @description jobs since the start, by state */
                        jobs: {
                            /** @description number running */
                            running: number;
                            /** @description number done */
                            done: number;
                            /** @description number failed */
                            failed: number;
                            /** @description number cancelled */
                            cancelled: number;
                        };
                        /** @description last reported lag of `segue stream` by partition; null while the store does not answer */
                        stream: {
                            /** @description consumer group */
                            group: string;
                            /** @description Kafka topic */
                            topic: string;
                            /** @description partition of the topic */
                            partition: number;
                            /** @description number of messages waiting on the broker */
                            lag: number;
                            /** @description when it was measured, in milliseconds since 1970 */
                            at: number;
                        }[] | null;
                        /** @description whether recommendations change over time */
                        drift: {
                            /** @description up to a week, oldest first */
                            hours: {
                                /** @description start of the interval, milliseconds since 1970 */
                                at: number;
                                /** @description number of lists recommended */
                                lists: number;
                                /** @description number of recommended songs, repeats included */
                                songs: number;
                                differentSongs: number | null;
                                differentArtists: number | null;
                                heldBy: number | null;
                            }[];
                            /** @description the latest hour against earlier ones, by measure */
                            compared: {
                                /** @description field of `hours` that is compared */
                                measure: "differentSongs" | "differentArtists" | "heldBy";
                                now: number | null;
                                /** @description the same over all earlier hours */
                                usual: {
                                    /** @description median */
                                    median: number;
                                    /** @description smallest value */
                                    least: number;
                                    /** @description largest value */
                                    most: number;
                                } | null;
                                /** @description true when the latest hour is outside the range of all earlier hours */
                                unusual: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    recommend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "seeds": [
                 *         {
                 *           "track": "demo:track:000dvu"
                 *         }
                 *       ],
                 *       "filters": {
                 *         "year": {
                 *           "from": 1990,
                 *           "to": 1999
                 *         }
                 *       },
                 *       "n": 10
                 *     }
                 */
                "application/json": {
                    /** @description songs to start from; positive ones are never recommended themselves */
                    seeds?: {
                        /** @description track URI, Spotify link or id */
                        track: string;
                        /**
                         * @description more than 1 = more of this, negative = less like this
                         * @default 1
                         */
                        weight?: number;
                        /** @description title of the song; with `artists`, it identifies the song when the catalogue lacks the id */
                        name?: string;
                        /** @description names of the artists */
                        artists?: string[];
                        /** @description title of the album */
                        album?: string;
                    }[];
                    /** @description a listening history: its songs become seeds, weighted by recency and play count; disliked songs get negative weights */
                    history?: {
                        /** @description track URI, Spotify link or id */
                        track: string;
                        /**
                         * @description how often it was played
                         * @default 1
                         */
                        count?: number;
                        /** @description last played, seconds since 1970 */
                        at?: number;
                        /** @description true = liked, false = disliked */
                        liked?: boolean;
                    }[];
                    /**
                     * @description true: the seeds are the first songs of a playlist in order; false: a loose collection
                     * @default true
                     */
                    ordered?: boolean;
                    /** @description a playlist title or a mood in words */
                    title?: string;
                    /** @description a request in words, e.g. "energetic 90s rock for running, no Oasis": years, genres, moods, tempo and artists become requirements, which `understood` in the answer lists; the rest is matched as a playlist title */
                    text?: string;
                    /** @description ids of requirements in `understood` to ignore */
                    without?: string[];
                    /** @description id of a playlist or person of the library whose tracks are the seeds */
                    owner?: string;
                    /**
                     * @description number of songs to return
                     * @default 50
                     */
                    n?: number;
                    /** @description id of a model; the best trained one by default */
                    model?: string;
                    /** @description track URIs, artist URIs, or artist:<name> */
                    exclude?: string[];
                    /** @description conditions that every song must satisfy */
                    filters?: {
                        /** @description release year */
                        year?: {
                            /** @description smallest value; no lower limit if absent */
                            from?: number;
                            /** @description largest value; no upper limit if absent */
                            to?: number;
                        };
                        /** @description track popularity, 0–100 */
                        popularity?: {
                            /** @description smallest value; no lower limit if absent */
                            from?: number;
                            /** @description largest value; no upper limit if absent */
                            to?: number;
                        };
                        /** @description energy, 0–1 */
                        energy?: {
                            /** @description smallest value; no lower limit if absent */
                            from?: number;
                            /** @description largest value; no upper limit if absent */
                            to?: number;
                        };
                        /** @description tempo in BPM */
                        tempo?: {
                            /** @description smallest value; no lower limit if absent */
                            from?: number;
                            /** @description largest value; no upper limit if absent */
                            to?: number;
                        };
                        /** @description false: no explicit tracks; true: only explicit tracks */
                        explicit?: boolean;
                        /** @description at least one of these genres */
                        genres?: string[];
                        /** @description none of these genres */
                        withoutGenres?: string[];
                        /**
                         * @description whether tracks pass filters on values that the library lacks: true = all filters, false = none, or the names of the filters that they pass
                         * @default true
                         */
                        keepUnknown?: boolean | ("year" | "popularity" | "energy" | "tempo" | "explicit" | "genres")[];
                    };
                    /** @description maximum number of tracks per artist; auto = 3, or no limit when the query is about one artist: several seeds, all by this artist, or a title or text that names no other */
                    perArtist?: number | "auto";
                    /** @description maximum number of tracks per album */
                    perAlbum?: number;
                    /**
                     * @description weight of maximal marginal relevance; 0 = by score only
                     * @default 0
                     */
                    diversity?: number;
                    /**
                     * @description how strongly popular tracks are discounted; more = more surprising
                     * @default 0
                     */
                    adventure?: number;
                    /**
                     * @description how closely the list keeps the proportions of styles among its seeds (calibration, Steck 2018)
                     * @default 0
                     */
                    balance?: number;
                    /**
                     * @description score = best first; smooth = similar songs next to each other; arc = energy rises, then falls
                     * @default score
                     */
                    order?: "score" | "smooth" | "arc";
                    /** @description the model's own query options, e.g. { weights: { genre: 3 } } */
                    options?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description keep seeds that the catalogue lacks for the next training, if the server allows it
                     * @default false
                     */
                    remember?: boolean;
                    /**
                     * @description adds album, year, genres, audio features and the evidence behind each reason
                     * @default false
                     */
                    details?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the model that answered */
                        model: string;
                        /** @description time taken, in milliseconds */
                        tookMs: number;
                        /** @description the songs, in the requested order */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description score by the model; comparable within one list only */
                            score: number;
                            /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                            because: string[];
                            /** @description index into `sections` */
                            section?: number;
                            /** @description the same reasons with their evidence, with `details` only */
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score due to this evidence, 0–1 */
                                share: number;
                                /** @description the reason as a short sentence */
                                text: string;
                                /** @description songs that are evidence */
                                tracks?: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists, main artist first */
                                    artists: string[];
                                }[];
                                /** @description playlists and persons that are evidence */
                                owners?: {
                                    /** @description id of the owner */
                                    id: string;
                                    /** @description title of the playlist, or name of the person */
                                    title: string;
                                }[];
                                /** @description names of artists that are evidence */
                                artists?: string[];
                            }[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris?: string[];
                        }[];
                        /** @description parts of the list, from models that make them */
                        sections?: {
                            /** @description name of the section */
                            label: string;
                            /** @description share of the list, 0–1 */
                            share: number;
                        }[];
                        /** @description requirements found in `text`, each once */
                        understood?: {
                            /** @description id for use in `without` */
                            id: string;
                            /** @description what it requires */
                            kind: "years" | "genre" | "mood" | "tempo" | "popularity" | "explicit" | "artist";
                            /** @description label to display, e.g. 1990–1999 */
                            label: string;
                            /** @description index of its first character in `text` */
                            from: number;
                            /** @description index after its last character */
                            to: number;
                        }[];
                        /** @description seeds that the catalogue lacks */
                        unknown: string[];
                        /** @description true when no part of the query was known, so popular songs were returned */
                        fallback: boolean;
                        /** @description why popular songs were returned */
                        fallbackReason?: string;
                        /** @description limit per artist that was applied; absent when there was none */
                        perArtist?: number;
                        /** @description present when filters left fewer tracks than requested: how many more would pass without each filter, most first */
                        relax?: {
                            /** @description name of a filter */
                            filter: "year" | "popularity" | "energy" | "tempo" | "explicit" | "genres";
                            /** @description number of further tracks that would pass without this filter */
                            tracks: number;
                        }[];
                        /** @description messages for the listener, e.g. why the list is short */
                        notes?: string[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    similar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "track": "demo:track:000dvu",
                 *       "n": 10
                 *     }
                 */
                "application/json": {
                    /** @description track URI, Spotify link or id */
                    track: string;
                    /**
                     * @description number of songs to return
                     * @default 20
                     */
                    n?: number;
                    /** @description id of a model; by default the best trained one */
                    model?: string;
                    /**
                     * @description adds album, year, genres, audio features and the evidence behind each reason
                     * @default false
                     */
                    details?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the model */
                        model: string;
                        /** @description time taken, in milliseconds */
                        tookMs: number;
                        /** @description similar songs, best first */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description score by the model; comparable within one list only */
                            score: number;
                            /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                            because: string[];
                            /** @description index into `sections` */
                            section?: number;
                            /** @description the same reasons with their evidence, with `details` only */
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score due to this evidence, 0–1 */
                                share: number;
                                /** @description the reason as a short sentence */
                                text: string;
                                /** @description songs that are evidence */
                                tracks?: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists, main artist first */
                                    artists: string[];
                                }[];
                                /** @description playlists and persons that are evidence */
                                owners?: {
                                    /** @description id of the owner */
                                    id: string;
                                    /** @description title of the playlist, or name of the person */
                                    title: string;
                                }[];
                                /** @description names of artists that are evidence */
                                artists?: string[];
                            }[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris?: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    path: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "demo:track:000dvu",
                 *       "to": "demo:track:000a1b",
                 *       "n": 8
                 *     }
                 */
                "application/json": {
                    /** @description first song: URI, Spotify link or id */
                    from: string;
                    /** @description last song: URI, Spotify link or id */
                    to: string;
                    /**
                     * @description number of songs, both ends included
                     * @default 12
                     */
                    n?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description true = by the sound measured in the audio files of both songs; false = by features, artist, album and genres */
                        bySound: boolean;
                        /** @description time taken, in milliseconds */
                        tookMs: number;
                        /** @description the songs in order, both ends included */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists */
                            artists: string[];
                            /** @description similarity to the previous song, 0–1; 1 for the first */
                            similarity: number;
                            /** @description measured loudness in LUFS */
                            lufs: number | null;
                            /** @description measured tempo in BPM */
                            beat: number | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    searchTracks: {
        parameters: {
            query: {
                /** @description text, "artist - title", URI or link */
                q: string;
                /** @description number of results of each kind */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description time taken, in milliseconds */
                        tookMs: number;
                        /** @description songs, best match first */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number: number;
                            album: string | null;
                            year: number | null;
                            durationMs: number | null;
                            popularity: number | null;
                            explicit: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres: string[];
                            /** @description audio features by name, null when missing */
                            features: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris: string[];
                            /** @description how well the text matches, 0–1 */
                            match: number;
                        }[];
                        /** @description artists, best match first */
                        artists: {
                            /** @description id of the artist, for use in `exclude` */
                            reference: string;
                            /** @description name of the artist */
                            name: string;
                            /** @description number of tracks in this library that have a title */
                            tracks: number;
                            /** @description genres of the artist */
                            genres: string[];
                            /** @description how well the text matches, 0–1 */
                            match: number;
                            /** @description the five most popular songs, versions counted once */
                            top: {
                                /** @description id of the song in the catalogue */
                                uri: string;
                                /** @description title of the song */
                                name: string;
                                /** @description names of the artists, main artist first */
                                artists: string[];
                            }[];
                            /** @description true when the text means this artist rather than a song */
                            first: boolean;
                        }[];
                        /** @description albums, best match first */
                        albums: {
                            /** @description title of the album */
                            name: string;
                            /** @description names of the artists */
                            artists: string[];
                            /** @description release year; null when unknown */
                            year: number | null;
                            /** @description how well the text matches, 0–1 */
                            match: number;
                            /** @description at most 30 */
                            tracks: {
                                /** @description id of the song in the catalogue */
                                uri: string;
                                /** @description title of the song */
                                name: string;
                                /** @description names of the artists, main artist first */
                                artists: string[];
                            }[];
                        }[];
                        /** @description the text as a playlist title or mood */
                        mood: {
                            /** @description the text as a mood */
                            text: string;
                            /** @description number of playlists with a matching title */
                            playlists: number;
                            /** @description true when the text is a mood rather than a name */
                            first: boolean;
                        } | null;
                        /** @description set when the text is a link to another service: says how to use it */
                        link: {
                            /** @description name of the music service */
                            service: string;
                            /** @description what to do with such a link */
                            message: string;
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getTrack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description track URI (URL-encoded) or Spotify id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the song in the catalogue */
                        uri: string;
                        /** @description title of the song */
                        name: string;
                        /** @description names of the artists, main artist first */
                        artists: string[];
                        /** @description number of the track in the catalogue, and of its point on the taste map */
                        number: number;
                        album: string | null;
                        year: number | null;
                        durationMs: number | null;
                        popularity: number | null;
                        explicit: boolean | null;
                        /** @description genres of the song, or of its artists */
                        genres: string[];
                        /** @description audio features by name, null when missing */
                        features: {
                            [key: string]: number | null;
                        };
                        /** @description ids of the artists, for use in `exclude` */
                        artistUris: string[];
                        /** @description number of playlists in this library that contain the song */
                        playlists: number;
                        /** @description some of these playlists, most followers first */
                        owners: {
                            /** @description id of the owner */
                            id: string;
                            /** @description title of the playlist, or name of the person */
                            title: string;
                            /** @description kind of owner */
                            kind: "playlist" | "person";
                            /** @description number of tracks */
                            tracks: number;
                            /** @description number of followers; null when unknown */
                            followers: number | null;
                        }[];
                        /** @description the same song under other URIs */
                        versions: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "The Ceams - November in August\nThe Ceams - Breathe the City"
                 *     }
                 */
                "application/json": {
                    /** @description up to 10,000 lines of "Artist - Title", track URIs, Spotify links or ids; or the content of a CSV, M3U or JSON export */
                    text: string;
                    /**
                     * @description maximum number of suggestions for each line without a certain match
                     * @default 3
                     */
                    suggestions?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description time taken, in milliseconds */
                        tookMs: number;
                        /** @description detected format: lines, csv, m3u or json */
                        format: string;
                        /** @description name of the list according to the text; empty if there is none */
                        title: string;
                        /** @description number of lines with a match */
                        matched: number;
                        /** @description number of lines without a match */
                        unmatched: number;
                        /** @description one for each line that names a song */
                        lines: {
                            /** @description 1 = the first line */
                            line: number;
                            /** @description the line as sent */
                            text: string;
                            /** @description the song; null when there is no match */
                            track: {
                                /** @description id of the song in the catalogue */
                                uri: string;
                                /** @description title of the song */
                                name: string;
                                /** @description names of the artists, main artist first */
                                artists: string[];
                                /** @description number of the track in the catalogue, and of its point on the taste map */
                                number: number;
                                album: string | null;
                                year: number | null;
                                durationMs: number | null;
                                popularity: number | null;
                                explicit: boolean | null;
                                /** @description genres of the song, or of its artists */
                                genres: string[];
                                /** @description audio features by name, null when missing */
                                features: {
                                    [key: string]: number | null;
                                };
                                /** @description ids of the artists, for use in `exclude` */
                                artistUris: string[];
                            } | null;
                            /** @description 1 = matched by id; otherwise how well the names match; 0 = no match */
                            confidence: number;
                            /** @description nearest songs when there is no match or an uncertain one */
                            suggestions: {
                                /** @description id of the song in the catalogue */
                                uri: string;
                                /** @description title of the song */
                                name: string;
                                /** @description names of the artists, main artist first */
                                artists: string[];
                                /** @description number of the track in the catalogue, and of its point on the taste map */
                                number: number;
                                album: string | null;
                                year: number | null;
                                durationMs: number | null;
                                popularity: number | null;
                                explicit: boolean | null;
                                /** @description genres of the song, or of its artists */
                                genres: string[];
                                /** @description audio features by name, null when missing */
                                features: {
                                    [key: string]: number | null;
                                };
                                /** @description ids of the artists, for use in `exclude` */
                                artistUris: string[];
                                /** @description how well the text matches, 0–1 */
                                match: number;
                            }[];
                            /** @description why there is no match */
                            note: string | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    searchOwners: {
        parameters: {
            query?: {
                /** @description words of the title */
                q?: string;
                /** @description number of results */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description time taken, in milliseconds */
                        tookMs: number;
                        /** @description owners, best match first */
                        owners: {
                            /** @description id of the owner */
                            id: string;
                            /** @description title of the playlist, or name of the person */
                            title: string;
                            /** @description kind of owner */
                            kind: "playlist" | "person";
                            /** @description number of tracks */
                            tracks: number;
                            /** @description number of followers; null when unknown */
                            followers: number | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the owner, URL-encoded */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the owner */
                        id: string;
                        /** @description title of the playlist, or name of the person */
                        title: string;
                        /** @description kind of owner */
                        kind: "playlist" | "person";
                        /** @description number of tracks */
                        tracks: number;
                        /** @description number of followers; null when unknown */
                        followers: number | null;
                        /** @description its tracks in order, at most the first 1,000 */
                        items: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number: number;
                            album: string | null;
                            year: number | null;
                            durationMs: number | null;
                            popularity: number | null;
                            explicit: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres: string[];
                            /** @description audio features by name, null when missing */
                            features: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description all models */
                        models: {
                            /** @description id of the model */
                            id: string;
                            /** @description name for people */
                            title: string;
                            /** @description what the model does, in a sentence or two */
                            description: string;
                            /** @description baseline, content, collaborative or hybrid */
                            family: string;
                            /** @description paper or origin of the equations */
                            source: string;
                            /** @description trained when no models are named */
                            byDefault: boolean;
                            /** @description trained on this library and ready to answer */
                            trained: boolean;
                            /** @description used when a request names no model */
                            isDefault: boolean;
                            /** @description why it cannot be trained on this library */
                            unusable: string | null;
                            /** @description why the saved model must be trained again before it can answer */
                            outdated: string | null;
                            /** @description a JSON schema */
                            config: {
                                [key: string]: unknown;
                            };
                            /** @description schema of `options` in requests; null when there are none */
                            queryOptions: {
                                [key: string]: unknown;
                            } | null;
                            /** @description training statistics; null until the model is loaded */
                            info: {
                                [key: string]: unknown;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the model, e.g. als */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the model */
                        id: string;
                        /** @description name for people */
                        title: string;
                        /** @description what the model does, in a sentence or two */
                        description: string;
                        /** @description baseline, content, collaborative or hybrid */
                        family: string;
                        /** @description paper or origin of the equations */
                        source: string;
                        /** @description trained when no models are named */
                        byDefault: boolean;
                        /** @description trained on this library and ready to answer */
                        trained: boolean;
                        /** @description used when a request names no model */
                        isDefault: boolean;
                        /** @description why it cannot be trained on this library */
                        unusable: string | null;
                        /** @description why the saved model must be trained again before it can answer */
                        outdated: string | null;
                        /** @description a JSON schema */
                        config: {
                            [key: string]: unknown;
                        };
                        /** @description schema of `options` in requests; null when there are none */
                        queryOptions: {
                            [key: string]: unknown;
                        } | null;
                        /** @description training statistics; null until the model is loaded */
                        info: {
                            [key: string]: unknown;
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getLibrary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description fingerprint of the catalogue; changes when its songs change */
                        catalogueId: string;
                        /** @description size of the library */
                        counts: {
                            /** @description number of tracks */
                            tracks: number;
                            /** @description number of artists */
                            artists: number;
                            /** @description number of albums */
                            albums: number;
                            /** @description number of genres */
                            genres: number;
                            /** @description number of playlists */
                            playlists: number;
                            /** @description number of persons */
                            persons: number;
                            /** @description owner–track pairs */
                            entries: number;
                            /** @description tracks with at least one audio feature */
                            withFeatures: number;
                            /** @description tracks with a genre of their own or of an artist */
                            withGenres: number;
                            /** @description tracks with a release year */
                            withYear: number;
                            /** @description distinct songs: versions of a song count once */
                            songs: number;
                        };
                        /** @description share of the titled tracks for which each filter knows the value */
                        coverage: {
                            /** @description share of the tracks, 0–1 */
                            year: number;
                            /** @description share of the tracks, 0–1 */
                            popularity: number;
                            /** @description share of the tracks, 0–1 */
                            energy: number;
                            /** @description share of the tracks, 0–1 */
                            tempo: number;
                            /** @description share of the tracks, 0–1 */
                            explicit: number;
                            /** @description share of the tracks, 0–1 */
                            genres: number;
                        };
                        /** @description seeds of queries that the catalogue lacked, kept for the next training */
                        waiting: number;
                        /** @description what cleaning changed, by rule */
                        cleaning: {
                            [key: string]: number;
                        };
                        /** @description the imports, one for each source */
                        provenance: {
                            /** @description id of the source */
                            source: string;
                            /** @description licence of the data */
                            licence: string;
                            /** @description how to cite the data */
                            citation: string;
                            /** @description the files read */
                            files: {
                                /** @description name of the file */
                                name: string;
                                /** @description SHA-256 of the file, in hexadecimal */
                                sha256: string;
                                /** @description size of the file */
                                bytes: number;
                            }[];
                            /** @description what was imported */
                            taken: {
                                /** @description number of tracks */
                                tracks: number;
                                /** @description number of artists */
                                artists: number;
                                /** @description number of playlists and persons */
                                owners: number;
                                /** @description owner–track pairs */
                                entries: number;
                            };
                            /** @description rows that were not imported, by cause */
                            rejections: {
                                /** @description why they were rejected */
                                cause: string;
                                /** @description number of rows */
                                count: number;
                                /** @description place of the first, e.g. file and line */
                                firstAt: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getGenres: {
        parameters: {
            query?: {
                /** @description words to find in the names of genres */
                q?: string;
                /** @description number of genres */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description genres, most tracks first */
                        genres: {
                            /** @description name of the genre */
                            genre: string;
                            /** @description number of tracks */
                            tracks: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    importFile: {
        parameters: {
            query: {
                /** @description format of the file */
                source: "mpd" | "tracks" | "artists" | "interactions";
                /** @description name of the file; `DELETE /api/imports` removes it by this name */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Started: follow the job with `GET /api/jobs/{id}` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description what the job does: train, evaluate, import, forget or analyse */
                        kind: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description progress of the whole job, 0–1 */
                        fraction: number;
                        /** @description requested models; absent when none were named */
                        models?: string[];
                        /** @description the model in progress */
                        model: string | null;
                        /** @description current step */
                        note: string;
                        /**
                         * Format: date-time
                         * @description when it started, ISO 8601
                         */
                        startedAt: string;
                        /** @description time since the start */
                        elapsedSeconds: number;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description why it failed, as a sentence; null unless it failed */
                        error: string | null;
                        /** @description error code, see docs/errors.md */
                        code: string | null;
                        /** @description after an analysis: unusable files by cause, most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            /** @description number of files */
                            count: number;
                            /** @description the first 50, relative to the folder */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    forgetImport: {
        parameters: {
            query: {
                /** @description name of the imported file */
                file: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Started: follow the job with `GET /api/jobs/{id}` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description what the job does: train, evaluate, import, forget or analyse */
                        kind: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description progress of the whole job, 0–1 */
                        fraction: number;
                        /** @description requested models; absent when none were named */
                        models?: string[];
                        /** @description the model in progress */
                        model: string | null;
                        /** @description current step */
                        note: string;
                        /**
                         * Format: date-time
                         * @description when it started, ISO 8601
                         */
                        startedAt: string;
                        /** @description time since the start */
                        elapsedSeconds: number;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description why it failed, as a sentence; null unless it failed */
                        error: string | null;
                        /** @description error code, see docs/errors.md */
                        code: string | null;
                        /** @description after an analysis: unusable files by cause, most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            /** @description number of files */
                            count: number;
                            /** @description the first 50, relative to the folder */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    analysesPossible: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether the caller may analyse folders on this machine */
                        possible: boolean;
                        /** @description whether the weights of musicnn are installed */
                        embedding: boolean;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    analyse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "folder": "/home/alice/Music"
                 *     }
                 */
                "application/json": {
                    /** @description absolute path of a folder on the machine that runs the server */
                    folder: string;
                    /**
                     * @description also analyse each file with musicnn, whose weights must be installed
                     * @default false
                     */
                    embedding?: boolean;
                };
            };
        };
        responses: {
            /** @description Started: follow the job with `GET /api/jobs/{id}` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description what the job does: train, evaluate, import, forget or analyse */
                        kind: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description progress of the whole job, 0–1 */
                        fraction: number;
                        /** @description requested models; absent when none were named */
                        models?: string[];
                        /** @description the model in progress */
                        model: string | null;
                        /** @description current step */
                        note: string;
                        /**
                         * Format: date-time
                         * @description when it started, ISO 8601
                         */
                        startedAt: string;
                        /** @description time since the start */
                        elapsedSeconds: number;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description why it failed, as a sentence; null unless it failed */
                        error: string | null;
                        /** @description error code, see docs/errors.md */
                        code: string | null;
                        /** @description after an analysis: unusable files by cause, most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            /** @description number of files */
                            count: number;
                            /** @description the first 50, relative to the folder */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listListeners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the listeners that the caller may see */
                        listeners: {
                            /** @description id of the listener */
                            id: string;
                            /** @description name for people */
                            name: string;
                            /** @description when the listener was added */
                            createdAt: number;
                            /** @description increases with every change to the stored data */
                            revision: number;
                        }[];
                        /** @description name of the signed-in listener; null on a server without sign-in */
                        signedIn: string | null;
                        /** @description whether the caller may use operations for administrators; true on a server without sign-in */
                        administrator: boolean;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    addListener: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Alice"
                 *     }
                 */
                "application/json": {
                    /** @description name for people */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the listener */
                        id: string;
                        /** @description name for people */
                        name: string;
                        /** @description when the listener was added */
                        createdAt: number;
                        /** @description increases with every change to the stored data */
                        revision: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getListener: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the listener */
                        id: string;
                        /** @description name for people */
                        name: string;
                        /** @description when the listener was added */
                        createdAt: number;
                        /** @description increases with every change to the stored data */
                        revision: number;
                        /** @description how much is stored */
                        counts: {
                            /** @description number of plays */
                            plays: number;
                            /** @description number of different songs played */
                            songs: number;
                            /** @description number of these that the catalogue lacks */
                            ownSongs: number;
                            /** @description number of liked songs */
                            likes: number;
                            /** @description number of disliked songs */
                            dislikes: number;
                            /** @description number of bans */
                            bans: number;
                            /** @description number of saved lists */
                            lists: number;
                            /** @description number of imports */
                            imports: number;
                        };
                        /** @description the settings of the listener */
                        settings: {
                            /** @description the plays become part of the collaborative data, as one owner */
                            consent: boolean;
                            /** @description shown lists are stored, so that models can be compared by how listeners received them */
                            rememberShown: boolean;
                            /** @description IANA time zone, e.g. Europe/Berlin */
                            timeZone: string;
                        };
                        /** @description years with plays in the listener’s time zone, newest first */
                        years: number[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    deleteListener: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether the plays were part of the collaborative data */
                        contributed: boolean;
                        /** @description models that were removed with the plays and are being trained again */
                        removedModels: string[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    renameListener: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Alice"
                 *     }
                 */
                "application/json": {
                    /** @description name for people */
                    name: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the listener */
                        id: string;
                        /** @description name for people */
                        name: string;
                        /** @description when the listener was added */
                        createdAt: number;
                        /** @description increases with every change to the stored data */
                        revision: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    changeListenerSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "timeZone": "Europe/Berlin"
                 *     }
                 */
                "application/json": {
                    /** @description the plays become part of the collaborative data, as one owner */
                    consent?: boolean;
                    /** @description shown lists are stored, so that models can be compared by how listeners received them */
                    rememberShown?: boolean;
                    /** @description IANA time zone, e.g. Europe/Berlin */
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the plays become part of the collaborative data, as one owner */
                        consent: boolean;
                        /** @description shown lists are stored, so that models can be compared by how listeners received them */
                        rememberShown: boolean;
                        /** @description IANA time zone, e.g. Europe/Berlin */
                        timeZone: string;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listListenerImports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description imports of this listener, newest first */
                        imports: {
                            /** @description id of the import */
                            id: string;
                            /** @description format of the files */
                            format: string;
                            /** @description names of the files */
                            files: string[];
                            /** @description when it began */
                            at: number;
                            finishedAt: number | null;
                            /** @description running or done */
                            state: "running" | "done";
                            /** @description what was imported, by kind */
                            counts: {
                                [key: string]: number;
                            };
                            /** @description number of rejected rows, by cause */
                            rejected: {
                                [key: string]: number;
                            };
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    discardListenerImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the import */
                import: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of plays removed */
                        plays: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    exportListener: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listOwnImports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description import jobs of this listener */
                        jobs: {
                            /** @description id of the job */
                            id: string;
                            /** @description state of the job */
                            state: "running" | "done" | "failed" | "cancelled";
                            /** @description 0–1 */
                            fraction: number;
                            /** @description current step */
                            note: string;
                            /** @description null until the job is done */
                            report: {
                                /** @description titles of the detected formats */
                                formats: string[];
                                /** @description number of files read */
                                files: number;
                                /** @description files in an unknown format, ignored */
                                aside: string[];
                                /** @description what was imported, by kind */
                                counts: {
                                    [key: string]: number;
                                };
                                /** @description rows that were not imported, by cause */
                                rejections: {
                                    /** @description why they were rejected */
                                    cause: string;
                                    /** @description number of rows */
                                    count: number;
                                }[];
                                /** @description how many songs the catalogue knows */
                                songs: {
                                    /** @description matched to the catalogue */
                                    matched: number;
                                    /** @description with several possible matches */
                                    unsure: number;
                                    /** @description without a match */
                                    unknown: number;
                                };
                                /** @description number of songs with several possible matches, to be settled */
                                toReview: number;
                            } | null;
                            /** @description null unless the job failed */
                            error: string | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    importOwnFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of the received files */
                    files: string[];
                    /**
                     * @description also import plays from private sessions
                     * @default false
                     */
                    privateSessions?: boolean;
                };
            };
        };
        responses: {
            /** @description Started: follow the job with `GET /api/jobs/{id}` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description current step */
                        note: string;
                        /** @description null until the job is done */
                        report: {
                            /** @description titles of the detected formats */
                            formats: string[];
                            /** @description number of files read */
                            files: number;
                            /** @description files in an unknown format, ignored */
                            aside: string[];
                            /** @description what was imported, by kind */
                            counts: {
                                [key: string]: number;
                            };
                            /** @description rows that were not imported, by cause */
                            rejections: {
                                /** @description why they were rejected */
                                cause: string;
                                /** @description number of rows */
                                count: number;
                            }[];
                            /** @description how many songs the catalogue knows */
                            songs: {
                                /** @description matched to the catalogue */
                                matched: number;
                                /** @description with several possible matches */
                                unsure: number;
                                /** @description without a match */
                                unknown: number;
                            };
                            /** @description number of songs with several possible matches, to be settled */
                            toReview: number;
                        } | null;
                        /** @description null unless the job failed */
                        error: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getOwnImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the job */
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description current step */
                        note: string;
                        /** @description null until the job is done */
                        report: {
                            /** @description titles of the detected formats */
                            formats: string[];
                            /** @description number of files read */
                            files: number;
                            /** @description files in an unknown format, ignored */
                            aside: string[];
                            /** @description what was imported, by kind */
                            counts: {
                                [key: string]: number;
                            };
                            /** @description rows that were not imported, by cause */
                            rejections: {
                                /** @description why they were rejected */
                                cause: string;
                                /** @description number of rows */
                                count: number;
                            }[];
                            /** @description how many songs the catalogue knows */
                            songs: {
                                /** @description matched to the catalogue */
                                matched: number;
                                /** @description with several possible matches */
                                unsure: number;
                                /** @description without a match */
                                unknown: number;
                            };
                            /** @description number of songs with several possible matches, to be settled */
                            toReview: number;
                        } | null;
                        /** @description null unless the job failed */
                        error: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    cancelOwnImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the job */
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description current step */
                        note: string;
                        /** @description null until the job is done */
                        report: {
                            /** @description titles of the detected formats */
                            formats: string[];
                            /** @description number of files read */
                            files: number;
                            /** @description files in an unknown format, ignored */
                            aside: string[];
                            /** @description what was imported, by kind */
                            counts: {
                                [key: string]: number;
                            };
                            /** @description rows that were not imported, by cause */
                            rejections: {
                                /** @description why they were rejected */
                                cause: string;
                                /** @description number of rows */
                                count: number;
                            }[];
                            /** @description how many songs the catalogue knows */
                            songs: {
                                /** @description matched to the catalogue */
                                matched: number;
                                /** @description with several possible matches */
                                unsure: number;
                                /** @description without a match */
                                unknown: number;
                            };
                            /** @description number of songs with several possible matches, to be settled */
                            toReview: number;
                        } | null;
                        /** @description null unless the job failed */
                        error: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description the song, with how often the listener played it */
                            song: {
                                /** @description id of the song: of the catalogue, or own:… */
                                song: string;
                                /** @description title of the song */
                                title: string;
                                /** @description names of the artists */
                                artists: string[];
                                album: string | null;
                                isrc: string | null;
                                mbid: string | null;
                                /** @description true when the catalogue lacks the song */
                                own: boolean;
                                /** @description number of plays */
                                plays: number;
                                /** @description number of plays that were skipped */
                                skips: number;
                                /** @description listening time, in milliseconds */
                                listenedMs: number;
                                firstAt: number | null;
                                lastAt: number | null;
                            };
                            /** @description possible matches, most likely first */
                            candidates: {
                                /** @description id of the song in the catalogue */
                                song: string;
                                /** @description title of the song */
                                title: string;
                                /** @description names of the artists */
                                artists: string[];
                                /** @description 0–1 */
                                confidence: number;
                            }[];
                        }[];
                        next: string | null;
                        /** @description number of songs left to settle */
                        open: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    answerReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id of the imported song */
                    own: string;
                    /** @description id of the right song in the catalogue, or 'none' */
                    choose: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs left to settle */
                        open: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    resolveAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs matched again */
                        tried: number;
                        /** @description number that now have a match */
                        settled: number;
                        /** @description number that still have several possible matches */
                        unsure: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    forYou: {
        parameters: {
            query?: {
                /** @description number of songs to return */
                n?: number;
                /** @description id of a model; by default the best for this listener */
                model?: string;
                /** @description adds album, year, genres, audio features and the evidence behind each reason */
                details?: boolean;
                /** @description 1 = only new songs, 0 = only rediscoveries */
                newness?: number;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list, for the field `list` of feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        /** @description title of the list */
                        title: string;
                        /** @description id of the model that answered */
                        model: string;
                        /** @description the songs in order */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description score by the model; comparable within one list only */
                            score: number;
                            /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                            because: string[];
                            /** @description index into `sections` */
                            section?: number;
                            /** @description the same reasons with their evidence, with `details` only */
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score due to this evidence, 0–1 */
                                share: number;
                                /** @description the reason as a short sentence */
                                text: string;
                                /** @description songs that are evidence */
                                tracks?: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists, main artist first */
                                    artists: string[];
                                }[];
                                /** @description playlists and persons that are evidence */
                                owners?: {
                                    /** @description id of the owner */
                                    id: string;
                                    /** @description title of the playlist, or name of the person */
                                    title: string;
                                }[];
                                /** @description names of artists that are evidence */
                                artists?: string[];
                            }[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris?: string[];
                        }[];
                        /** @description messages for the listener, e.g. why the list is short */
                        notes: string[];
                        /** @description parts of the list */
                        sections?: {
                            /** @description name of the section */
                            label: string;
                            /** @description share of the list, 0–1 */
                            share: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    mixes: {
        parameters: {
            query?: {
                /** @description number of songs per mix */
                n?: number;
                /** @description how long the mixes stay the same */
                every?: "day" | "week";
                /** @description id of a model; by default the best for this listener */
                model?: string;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the mixes */
                        mixes: {
                            /** @description id of the list, for the field `list` of feedback events */
                            id: string;
                            /** @description for-you, mix, period, continue or clusters */
                            kind: string;
                            /** @description title of the list */
                            title: string;
                            /** @description id of the model that answered */
                            model: string;
                            /** @description the songs in order */
                            tracks: {
                                /** @description id of the song in the catalogue */
                                uri: string;
                                /** @description title of the song */
                                name: string;
                                /** @description names of the artists, main artist first */
                                artists: string[];
                                /** @description score by the model; comparable within one list only */
                                score: number;
                                /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                                because: string[];
                                /** @description index into `sections` */
                                section?: number;
                                /** @description the same reasons with their evidence, with `details` only */
                                reasons?: {
                                    /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                    kind: string;
                                    /** @description share of the score due to this evidence, 0–1 */
                                    share: number;
                                    /** @description the reason as a short sentence */
                                    text: string;
                                    /** @description songs that are evidence */
                                    tracks?: {
                                        /** @description id of the song in the catalogue */
                                        uri: string;
                                        /** @description title of the song */
                                        name: string;
                                        /** @description names of the artists, main artist first */
                                        artists: string[];
                                    }[];
                                    /** @description playlists and persons that are evidence */
                                    owners?: {
                                        /** @description id of the owner */
                                        id: string;
                                        /** @description title of the playlist, or name of the person */
                                        title: string;
                                    }[];
                                    /** @description names of artists that are evidence */
                                    artists?: string[];
                                }[];
                                /** @description number of the track in the catalogue, and of its point on the taste map */
                                number?: number;
                                album?: string | null;
                                year?: number | null;
                                durationMs?: number | null;
                                popularity?: number | null;
                                explicit?: boolean | null;
                                /** @description genres of the song, or of its artists */
                                genres?: string[];
                                /** @description audio features by name, null when missing */
                                features?: {
                                    [key: string]: number | null;
                                };
                                /** @description ids of the artists, for use in `exclude` */
                                artistUris?: string[];
                            }[];
                            /** @description messages for the listener, e.g. why the list is short */
                            notes: string[];
                            /** @description parts of the list */
                            sections?: {
                                /** @description name of the section */
                                label: string;
                                /** @description share of the list, 0–1 */
                                share: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    byCluster: {
        parameters: {
            query?: {
                /** @description number of songs to return */
                n?: number;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list, for the field `list` of feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        /** @description title of the list */
                        title: string;
                        /** @description id of the model that answered */
                        model: string;
                        /** @description the songs in order */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description score by the model; comparable within one list only */
                            score: number;
                            /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                            because: string[];
                            /** @description index into `sections` */
                            section?: number;
                            /** @description the same reasons with their evidence, with `details` only */
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score due to this evidence, 0–1 */
                                share: number;
                                /** @description the reason as a short sentence */
                                text: string;
                                /** @description songs that are evidence */
                                tracks?: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists, main artist first */
                                    artists: string[];
                                }[];
                                /** @description playlists and persons that are evidence */
                                owners?: {
                                    /** @description id of the owner */
                                    id: string;
                                    /** @description title of the playlist, or name of the person */
                                    title: string;
                                }[];
                                /** @description names of artists that are evidence */
                                artists?: string[];
                            }[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris?: string[];
                        }[];
                        /** @description messages for the listener, e.g. why the list is short */
                        notes: string[];
                        /** @description parts of the list */
                        sections?: {
                            /** @description name of the section */
                            label: string;
                            /** @description share of the list, 0–1 */
                            share: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    moreFromPeriod: {
        parameters: {
            query: {
                /** @description number of songs to return */
                n?: number;
                /** @description id of a model; by default the best for this listener */
                model?: string;
                /** @description adds album, year, genres, audio features and the evidence behind each reason */
                details?: boolean;
                /** @description milliseconds since 1970 */
                from: number;
                /** @description milliseconds since 1970 */
                to: number;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list, for the field `list` of feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        /** @description title of the list */
                        title: string;
                        /** @description id of the model that answered */
                        model: string;
                        /** @description the songs in order */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description score by the model; comparable within one list only */
                            score: number;
                            /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                            because: string[];
                            /** @description index into `sections` */
                            section?: number;
                            /** @description the same reasons with their evidence, with `details` only */
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score due to this evidence, 0–1 */
                                share: number;
                                /** @description the reason as a short sentence */
                                text: string;
                                /** @description songs that are evidence */
                                tracks?: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists, main artist first */
                                    artists: string[];
                                }[];
                                /** @description playlists and persons that are evidence */
                                owners?: {
                                    /** @description id of the owner */
                                    id: string;
                                    /** @description title of the playlist, or name of the person */
                                    title: string;
                                }[];
                                /** @description names of artists that are evidence */
                                artists?: string[];
                            }[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris?: string[];
                        }[];
                        /** @description messages for the listener, e.g. why the list is short */
                        notes: string[];
                        /** @description parts of the list */
                        sections?: {
                            /** @description name of the section */
                            label: string;
                            /** @description share of the list, 0–1 */
                            share: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    continueList: {
        parameters: {
            query?: {
                /** @description number of songs to return */
                n?: number;
                /** @description id of a model; by default the best for this listener */
                model?: string;
                /** @description adds album, year, genres, audio features and the evidence behind each reason */
                details?: boolean;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list, for the field `list` of feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        /** @description title of the list */
                        title: string;
                        /** @description id of the model that answered */
                        model: string;
                        /** @description the songs in order */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description score by the model; comparable within one list only */
                            score: number;
                            /** @description reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind */
                            because: string[];
                            /** @description index into `sections` */
                            section?: number;
                            /** @description the same reasons with their evidence, with `details` only */
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score due to this evidence, 0–1 */
                                share: number;
                                /** @description the reason as a short sentence */
                                text: string;
                                /** @description songs that are evidence */
                                tracks?: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists, main artist first */
                                    artists: string[];
                                }[];
                                /** @description playlists and persons that are evidence */
                                owners?: {
                                    /** @description id of the owner */
                                    id: string;
                                    /** @description title of the playlist, or name of the person */
                                    title: string;
                                }[];
                                /** @description names of artists that are evidence */
                                artists?: string[];
                            }[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris?: string[];
                        }[];
                        /** @description messages for the listener, e.g. why the list is short */
                        notes: string[];
                        /** @description parts of the list */
                        sections?: {
                            /** @description name of the section */
                            label: string;
                            /** @description share of the list, 0–1 */
                            share: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    backtest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description current step */
                        note: string;
                        /** @description null until the job is done */
                        report: {
                            /** @description times at which the history was split, milliseconds since 1970 */
                            cuts: number[];
                            /** @description number of newly found songs, over all cuts */
                            newSongs: number;
                            /** @description number of songs played again, over all cuts */
                            repeatedSongs: number;
                            /** @description best first */
                            results: {
                                /** @description a model's id, same artists, most played, most played lately, or your blend */
                                name: string;
                                /** @description share of the newly found songs that are among the first 50 songs of the list */
                                found: {
                                    /** @description mean over the cuts */
                                    mean: number;
                                    /** @description lower end of the 95% interval */
                                    low: number;
                                    /** @description upper end of the 95% interval */
                                    high: number;
                                } | null;
                                /** @description NDCG@50 of the newly found songs */
                                ndcg: {
                                    /** @description mean over the cuts */
                                    mean: number;
                                    /** @description lower end of the 95% interval */
                                    low: number;
                                    /** @description upper end of the 95% interval */
                                    high: number;
                                } | null;
                                /** @description share of the songs played again that are among the first 50; null for models, which recommend nothing heard before */
                                again: {
                                    /** @description mean over the cuts */
                                    mean: number;
                                    /** @description lower end of the 95% interval */
                                    low: number;
                                    /** @description upper end of the 95% interval */
                                    high: number;
                                } | null;
                            }[];
                            /** @description blend of models that for-you uses from now on; null when the history is too short to choose one */
                            blend: {
                                /** @description id of the model */
                                name: string;
                                /** @description its weight */
                                weight: number;
                            }[] | null;
                        } | null;
                        /** @description null unless the job failed */
                        error: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listeningReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description IANA time zone of the report */
                        timeZone: string;
                        /** @description number of plays */
                        plays: number;
                        /** @description listening time, in milliseconds */
                        listenedMs: number;
                        /** @description number of different songs */
                        songs: number;
                        /** @description one for each year with plays */
                        years: {
                            /** @description the year */
                            year: number;
                            /** @description number of plays */
                            plays: number;
                            /** @description listening time, in milliseconds */
                            listenedMs: number;
                            /** @description number heard for the first time */
                            newSongs: number;
                            /** @description number heard for the first time */
                            newArtists: number;
                            /** @description most played artists, most plays first */
                            artists: {
                                /** @description name of the artist, genre or song */
                                name: string;
                                /** @description number of plays */
                                plays: number;
                            }[];
                            /** @description most played genres, most plays first */
                            genres: {
                                /** @description name of the artist, genre or song */
                                name: string;
                                /** @description number of plays */
                                plays: number;
                            }[];
                            /** @description mean position of the plays on the taste map */
                            taste: {
                                /** @description position on the taste map */
                                x: number;
                                /** @description position on the taste map */
                                y: number;
                                /** @description how far the plays spread around it */
                                spread: number;
                            } | null;
                        }[];
                        /** @description plays by hour of the day: 24 values */
                        hours: number[];
                        /** @description plays by weekday: 7 values, Monday first */
                        weekdays: number[];
                        /** @description most played artists, most plays first */
                        artists: {
                            /** @description name of the artist, genre or song */
                            name: string;
                            /** @description number of plays */
                            plays: number;
                        }[];
                        /** @description most played genres, most plays first */
                        genres: {
                            /** @description name of the artist, genre or song */
                            name: string;
                            /** @description number of plays */
                            plays: number;
                        }[];
                        /** @description most played songs, most plays first */
                        topSongs: {
                            /** @description name of the artist, genre or song */
                            name: string;
                            /** @description number of plays */
                            plays: number;
                            /** @description id of the song */
                            song: string;
                            /** @description names of the artists */
                            artists: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the experiments, newest first */
                        experiments: {
                            /** @description id of the experiment */
                            id: string;
                            /** @description interleave = both models share each list; split = each listener gets one of them */
                            kind: "interleave" | "split";
                            /** @description id of a model */
                            a: string;
                            /** @description id of a model */
                            b: string;
                            /** @description milliseconds since 1970 */
                            startedAt: number;
                            /** @description null while it runs */
                            endedAt: number | null;
                            /** @description number of lists shown */
                            lists: number;
                            /** @description number of listeners who saw them */
                            listeners: number;
                            /** @description number of songs played, liked or saved */
                            takenUp: {
                                /** @description number from model a */
                                a: number;
                                /** @description number from model b */
                                b: number;
                            };
                            /** @description two-sided p-value of a randomisation test */
                            p: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listPlays: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words to find in titles, artists and albums */
                q?: string;
                /** @description only plays of this song */
                song?: string;
                /** @description start of the period, inclusive, milliseconds since 1970 */
                from?: number;
                /** @description end of the period, exclusive, milliseconds since 1970 */
                to?: number;
                /** @description true: only removed plays */
                removed?: boolean;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description id of the play */
                            id: string;
                            /** @description id of the song: of the catalogue, or own:… */
                            song: string;
                            /** @description title of the song */
                            title: string;
                            /** @description names of the artists */
                            artists: string[];
                            album: string | null;
                            isrc: string | null;
                            mbid: string | null;
                            /** @description when the play ended, milliseconds since 1970 */
                            at: number;
                            msPlayed: number | null;
                            /** @description whether the listener skipped it */
                            skipped: boolean;
                            /** @description where the play came from, e.g. an export format */
                            source: string;
                            importId: string | null;
                            removedAt: number | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    removePlays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of the plays */
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of plays changed */
                        plays: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    restorePlays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of the plays */
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of plays changed */
                        plays: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    purgePlays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of plays changed */
                        plays: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listListenerSongs: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words to find in titles, artists and albums */
                q?: string;
                /** @description most plays or latest play first */
                order?: "most-played" | "last-played";
                /** @description true: only songs that the catalogue lacks */
                own?: boolean;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description id of the song: of the catalogue, or own:… */
                            song: string;
                            /** @description title of the song */
                            title: string;
                            /** @description names of the artists */
                            artists: string[];
                            album: string | null;
                            isrc: string | null;
                            mbid: string | null;
                            /** @description true when the catalogue lacks the song */
                            own: boolean;
                            /** @description number of plays */
                            plays: number;
                            /** @description number of plays that were skipped */
                            skips: number;
                            /** @description listening time, in milliseconds */
                            listenedMs: number;
                            firstAt: number | null;
                            lastAt: number | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listLikes: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words to find in titles, artists and albums */
                q?: string;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description like or dislike */
                            kind: "like" | "dislike";
                            /** @description the song, with how often the listener played it */
                            song: {
                                /** @description id of the song: of the catalogue, or own:… */
                                song: string;
                                /** @description title of the song */
                                title: string;
                                /** @description names of the artists */
                                artists: string[];
                                album: string | null;
                                isrc: string | null;
                                mbid: string | null;
                                /** @description true when the catalogue lacks the song */
                                own: boolean;
                                /** @description number of plays */
                                plays: number;
                                /** @description number of plays that were skipped */
                                skips: number;
                                /** @description listening time, in milliseconds */
                                listenedMs: number;
                                firstAt: number | null;
                                lastAt: number | null;
                            };
                            /** @description when it was given */
                            at: number;
                            /** @description where it came from */
                            source: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    addLikes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "songs": [
                 *         {
                 *           "song": "demo:track:000dvu"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description the songs */
                    songs: {
                        /** @description id of the song in the catalogue, or own:… for a song that the catalogue lacks */
                        song: string;
                        /** @description title of a song that the catalogue lacks */
                        title?: string;
                        /** @description names of the artists of a song that the catalogue lacks */
                        artists?: string[];
                        album?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs whose state changed */
                        changed: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    removeLike: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the song */
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs whose state changed */
                        changed: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listDislikes: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words to find in titles, artists and albums */
                q?: string;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description like or dislike */
                            kind: "like" | "dislike";
                            /** @description the song, with how often the listener played it */
                            song: {
                                /** @description id of the song: of the catalogue, or own:… */
                                song: string;
                                /** @description title of the song */
                                title: string;
                                /** @description names of the artists */
                                artists: string[];
                                album: string | null;
                                isrc: string | null;
                                mbid: string | null;
                                /** @description true when the catalogue lacks the song */
                                own: boolean;
                                /** @description number of plays */
                                plays: number;
                                /** @description number of plays that were skipped */
                                skips: number;
                                /** @description listening time, in milliseconds */
                                listenedMs: number;
                                firstAt: number | null;
                                lastAt: number | null;
                            };
                            /** @description when it was given */
                            at: number;
                            /** @description where it came from */
                            source: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    addDislikes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "songs": [
                 *         {
                 *           "song": "demo:track:000dvu"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description the songs */
                    songs: {
                        /** @description id of the song in the catalogue, or own:… for a song that the catalogue lacks */
                        song: string;
                        /** @description title of a song that the catalogue lacks */
                        title?: string;
                        /** @description names of the artists of a song that the catalogue lacks */
                        artists?: string[];
                        album?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs whose state changed */
                        changed: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    removeDislike: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the song */
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs whose state changed */
                        changed: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listBans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the bans in force */
                        bans: {
                            /** @description what the target is */
                            kind: "song" | "artist" | "genre";
                            /** @description id of what is banned */
                            target: string;
                            /** @description name to display */
                            label: string;
                            /** @description when it was banned */
                            at: number;
                            until: number | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    addBan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "artist",
                 *       "target": "artist:The Ceams",
                 *       "until": null
                 *     }
                 */
                "application/json": {
                    /** @description what the target is */
                    kind: "song" | "artist" | "genre";
                    /** @description a song's id, an artist's URI or artist:<name>, or a genre */
                    target: string;
                    /** @description name to display */
                    label?: string;
                    until?: number | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description what the target is */
                        kind: "song" | "artist" | "genre";
                        /** @description id of what is banned */
                        target: string;
                        /** @description name to display */
                        label: string;
                        /** @description when it was banned */
                        at: number;
                        until: number | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    removeBan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description what the target is */
                kind: "song" | "artist" | "genre";
                /** @description id of what is banned */
                target: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description false when there was no such ban */
                        lifted: boolean;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listSavedLists: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words to find in titles, artists and albums */
                q?: string;
                /** @description true: only lists in the bin */
                removed?: boolean;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description id of the list */
                            id: string;
                            /** @description name of the list */
                            name: string;
                            /** @description description of the list; may be empty */
                            description: string;
                            /** @description where the list came from */
                            source: string;
                            /** @description when it was saved first */
                            createdAt: number;
                            /** @description when it was changed last */
                            updatedAt: number;
                            removedAt: number | null;
                            /** @description number of the latest version; 1 = the first */
                            version: number;
                            /** @description number of songs */
                            length: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    saveList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Road trip",
                 *       "songs": [
                 *         {
                 *           "song": "demo:track:000dvu"
                 *         },
                 *         {
                 *           "song": "demo:track:000a1b"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description name of the list */
                    name: string;
                    /** @description description of the list */
                    description?: string;
                    /** @description the songs in order */
                    songs: {
                        /** @description id of the song in the catalogue, or own:… for a song that the catalogue lacks */
                        song: string;
                        /** @description title of a song that the catalogue lacks */
                        title?: string;
                        /** @description names of the artists of a song that the catalogue lacks */
                        artists?: string[];
                        album?: string | null;
                    }[];
                    /** @description how the list was made */
                    recipe?: {
                        /** @description the request that made the list */
                        request: {
                            [key: string]: unknown;
                        };
                        model: string | null;
                        modelVersion: string | null;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list */
                        id: string;
                        /** @description name of the list */
                        name: string;
                        /** @description description of the list; may be empty */
                        description: string;
                        /** @description where the list came from */
                        source: string;
                        /** @description when it was saved first */
                        createdAt: number;
                        /** @description when it was changed last */
                        updatedAt: number;
                        removedAt: number | null;
                        /** @description number of the latest version; 1 = the first */
                        version: number;
                        /** @description number of songs */
                        length: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getSavedList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the list */
                        list: {
                            /** @description id of the list */
                            id: string;
                            /** @description name of the list */
                            name: string;
                            /** @description description of the list; may be empty */
                            description: string;
                            /** @description where the list came from */
                            source: string;
                            /** @description when it was saved first */
                            createdAt: number;
                            /** @description when it was changed last */
                            updatedAt: number;
                            removedAt: number | null;
                            /** @description number of the latest version; 1 = the first */
                            version: number;
                            /** @description number of songs */
                            length: number;
                        };
                        /** @description its latest version */
                        latest: {
                            /** @description 1 = the first version */
                            version: number;
                            /** @description when it was saved */
                            at: number;
                            /** @description how the list was made; null when unknown */
                            recipe: {
                                /** @description the request that made the list */
                                request: {
                                    [key: string]: unknown;
                                };
                                model: string | null;
                                modelVersion: string | null;
                            } | null;
                            /** @description the songs in order */
                            songs: {
                                /** @description id of the song */
                                song: string;
                                /** @description title of the song */
                                title: string;
                                /** @description names of the artists */
                                artists: string[];
                            }[];
                        };
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    saveListVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Road trip",
                 *       "songs": [
                 *         {
                 *           "song": "demo:track:000a1b"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description name of the list */
                    name: string;
                    /** @description description of the list */
                    description?: string;
                    /** @description the songs in order */
                    songs: {
                        /** @description id of the song in the catalogue, or own:… for a song that the catalogue lacks */
                        song: string;
                        /** @description title of a song that the catalogue lacks */
                        title?: string;
                        /** @description names of the artists of a song that the catalogue lacks */
                        artists?: string[];
                        album?: string | null;
                    }[];
                    /** @description how the list was made */
                    recipe?: {
                        /** @description the request that made the list */
                        request: {
                            [key: string]: unknown;
                        };
                        model: string | null;
                        modelVersion: string | null;
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list */
                        id: string;
                        /** @description name of the list */
                        name: string;
                        /** @description description of the list; may be empty */
                        description: string;
                        /** @description where the list came from */
                        source: string;
                        /** @description when it was saved first */
                        createdAt: number;
                        /** @description when it was changed last */
                        updatedAt: number;
                        removedAt: number | null;
                        /** @description number of the latest version; 1 = the first */
                        version: number;
                        /** @description number of songs */
                        length: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    removeList: {
        parameters: {
            query?: {
                /** @description true: delete it permanently */
                forGood?: boolean;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description all versions of the list */
                        versions: {
                            /** @description 1 = the first version */
                            version: number;
                            /** @description when it was saved */
                            at: number;
                            /** @description how the list was made; null when unknown */
                            recipe: {
                                /** @description the request that made the list */
                                request: {
                                    [key: string]: unknown;
                                };
                                model: string | null;
                                modelVersion: string | null;
                            } | null;
                            /** @description number of songs */
                            length: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getListVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
                /** @description 1 = the first version */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 1 = the first version */
                        version: number;
                        /** @description when it was saved */
                        at: number;
                        /** @description how the list was made; null when unknown */
                        recipe: {
                            /** @description the request that made the list */
                            request: {
                                [key: string]: unknown;
                            };
                            model: string | null;
                            modelVersion: string | null;
                        } | null;
                        /** @description the songs in order */
                        songs: {
                            /** @description id of the song */
                            song: string;
                            /** @description title of the song */
                            title: string;
                            /** @description names of the artists */
                            artists: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    revertList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
                /** @description 1 = the first version */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list */
                        id: string;
                        /** @description name of the list */
                        name: string;
                        /** @description description of the list; may be empty */
                        description: string;
                        /** @description where the list came from */
                        source: string;
                        /** @description when it was saved first */
                        createdAt: number;
                        /** @description when it was changed last */
                        updatedAt: number;
                        removedAt: number | null;
                        /** @description number of the latest version; 1 = the first */
                        version: number;
                        /** @description number of songs */
                        length: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    restoreList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
                /** @description id of the saved list */
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list */
                        id: string;
                        /** @description name of the list */
                        name: string;
                        /** @description description of the list; may be empty */
                        description: string;
                        /** @description where the list came from */
                        source: string;
                        /** @description when it was saved first */
                        createdAt: number;
                        /** @description when it was changed last */
                        updatedAt: number;
                        removedAt: number | null;
                        /** @description number of the latest version; 1 = the first */
                        version: number;
                        /** @description number of songs */
                        length: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    recordEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "id": "play-1",
                 *           "listener": "LISTENER_ID",
                 *           "kind": "play",
                 *           "song": "demo:track:000dvu",
                 *           "at": 1764500000000,
                 *           "msPlayed": 180000
                 *         },
                 *         {
                 *           "id": "like-1",
                 *           "listener": "LISTENER_ID",
                 *           "kind": "like",
                 *           "song": "demo:track:000dvu",
                 *           "at": 1764500100000
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description the events, in any order */
                    events: {
                        /** @description chosen by the sender, unique per listener; repeating an id changes nothing */
                        id: string;
                        /** @description id of the listener */
                        listener: string;
                        /** @description what the listener did */
                        kind: "play" | "skip" | "like" | "dislike" | "clear" | "ban" | "unban" | "save";
                        /** @description id of the song in the catalogue, or own:… for a song that the catalogue lacks */
                        song: string;
                        /** @description title of a song that the catalogue lacks */
                        title?: string;
                        /** @description names of the artists of a song that the catalogue lacks */
                        artists?: string[];
                        album?: string | null;
                        /** @description when it happened, milliseconds since 1970 */
                        at: number;
                        msPlayed?: number | null;
                        until?: number | null;
                        list?: string | null;
                        position?: number | null;
                        model?: string | null;
                        modelVersion?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of new events */
                        recorded: number;
                        /** @description number of events already recorded */
                        known: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description number of items per page */
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description only events about this list */
                list?: string;
                /** @description only events of this kind */
                kind?: "play" | "skip" | "like" | "dislike" | "clear" | "ban" | "unban" | "save";
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description this page */
                        items: {
                            /** @description id of the event */
                            id: string;
                            /** @description what the listener did */
                            kind: string;
                            /** @description id of the song */
                            song: string;
                            /** @description when it happened */
                            at: number;
                            msPlayed: number | null;
                            until: number | null;
                            list: string | null;
                            position: number | null;
                            model: string | null;
                            modelVersion: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    recordEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "play-1",
                 *       "kind": "play",
                 *       "song": "demo:track:000dvu",
                 *       "at": 1764500000000,
                 *       "msPlayed": 180000
                 *     }
                 */
                "application/json": {
                    /** @description chosen by the sender, unique per listener; repeating an id changes nothing */
                    id: string;
                    /** @description what the listener did */
                    kind: "play" | "skip" | "like" | "dislike" | "clear" | "ban" | "unban" | "save";
                    /** @description id of the song in the catalogue, or own:… for a song that the catalogue lacks */
                    song: string;
                    /** @description title of a song that the catalogue lacks */
                    title?: string;
                    /** @description names of the artists of a song that the catalogue lacks */
                    artists?: string[];
                    album?: string | null;
                    /** @description when it happened, milliseconds since 1970 */
                    at: number;
                    msPlayed?: number | null;
                    until?: number | null;
                    list?: string | null;
                    position?: number | null;
                    model?: string | null;
                    modelVersion?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of new events */
                        recorded: number;
                        /** @description number of events already recorded */
                        known: number;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    live: {
        parameters: {
            query?: {
                /** @description number of songs in the list */
                n?: number;
                /** @description id of the last event seen, for clients that cannot set the header */
                after?: number;
            };
            header?: {
                /** @description id of the last event seen */
                "last-event-id"?: string;
            };
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getMap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description changes when the points change */
                        version: string;
                        /** @description number of points; point i is the track with number i */
                        count: number;
                        /** @description layout method */
                        method: string;
                        /** @description the columns of the points */
                        columns: {
                            /** @description x, y, cluster, genre, year, energy or popularity */
                            name: string;
                            /** @description type of the values */
                            type: "Float32" | "Uint8" | "Uint16" | "Int16";
                            /** @description byte offset in /api/map/points, a multiple of 8 */
                            offset: number;
                            /** @description what the values mean */
                            meaning: string;
                        }[];
                        /** @description clusters of similar songs */
                        clusters: {
                            /** @description name to display */
                            label: string;
                            /** @description number of songs */
                            count: number;
                        }[];
                        /** @description genres that the genre column indexes; 255 = any other genre, or none */
                        genres: {
                            /** @description name to display */
                            label: string;
                            /** @description number of songs */
                            count: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getMapPoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getMapTracks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "numbers": [
                 *         0,
                 *         1,
                 *         2
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description track numbers */
                    numbers: number[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the songs in the order of the request */
                        tracks: {
                            /** @description id of the song in the catalogue */
                            uri: string;
                            /** @description title of the song */
                            name: string;
                            /** @description names of the artists, main artist first */
                            artists: string[];
                            /** @description number of the track in the catalogue, and of its point on the taste map */
                            number: number;
                            album: string | null;
                            year: number | null;
                            durationMs: number | null;
                            popularity: number | null;
                            explicit: boolean | null;
                            /** @description genres of the song, or of its artists */
                            genres: string[];
                            /** @description audio features by name, null when missing */
                            features: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, for use in `exclude` */
                            artistUris: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    explore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description version of this format
                         * @enum {number}
                         */
                        version: 1;
                        /** @description size of the library */
                        counts: {
                            /** @description number of tracks */
                            tracks: number;
                            /** @description number of songs; versions of a song count once */
                            songs: number;
                            /** @description number of artists */
                            artists: number;
                            /** @description number of albums */
                            albums: number;
                            /** @description number of genres */
                            genres: number;
                            /** @description number of playlists */
                            playlists: number;
                            /** @description number of persons */
                            persons: number;
                            /** @description owner–track pairs */
                            entries: number;
                        };
                        /** @description how many tracks have each kind of information */
                        gaps: {
                            /** @description kind of information */
                            what: string;
                            /** @description tracks that have it */
                            known: number;
                            /** @description all tracks */
                            of: number;
                        }[];
                        /** @description audio features */
                        features: {
                            /** @description id of the feature */
                            id: string;
                            /** @description name of the feature */
                            title: string;
                            /** @description empty for plain numbers */
                            unit: string;
                            /** @description what its values mean */
                            meaning: string;
                            /** @description tracks with a value */
                            known: number;
                            /** @description mean */
                            mean: number | null;
                            /** @description median */
                            median: number | null;
                            /** @description standard deviation */
                            deviation: number | null;
                            /** @description histogram; values are in [from, to), and the first and last bins also count everything beyond them */
                            bins: {
                                /** @description lower bound, inclusive */
                                from: number;
                                /** @description upper bound, exclusive */
                                to: number;
                                /** @description number of values */
                                count: number;
                            }[];
                        }[];
                        /** @description correlations between the features */
                        correlations: {
                            /** @description titles of the features */
                            names: string[];
                            /** @description Pearson's r, row by row; null where fewer than 3 tracks have both features */
                            values: (number | null)[];
                        };
                        /** @description years with at least five tracks */
                        byYear: {
                            /** @description release year */
                            year: number;
                            /** @description number of tracks */
                            tracks: number;
                            /** @description mean of each feature, by feature id */
                            means: {
                                [key: string]: number | null;
                            };
                        }[];
                        /** @description the largest genres, largest first */
                        byGenre: {
                            /** @description name of the genre */
                            genre: string;
                            /** @description number of tracks */
                            tracks: number;
                            /** @description mean of each feature in standard deviations from the catalogue mean, by feature id */
                            means: {
                                [key: string]: number | null;
                            };
                        }[];
                        /** @description how entries are spread over tracks */
                        popularity: {
                            /** @description owners of the track at each rank; ranks are evenly spaced in their logarithm */
                            curve: {
                                /** @description 1 = the track with the most owners */
                                rank: number;
                                /** @description number of owners */
                                owners: number;
                            }[];
                            /** @description 0: all tracks have equally many owners; 1: one track has all entries */
                            gini: number;
                            /** @description share of all entries held by the 1% of tracks with the most owners */
                            topShare: number;
                            /** @description tracks without an owner */
                            unheld: number;
                            /** @description tracks with one owner */
                            once: number;
                        };
                        /** @description histogram of tracks per owner */
                        lengths: {
                            /** @description lower bound, inclusive */
                            from: number;
                            /** @description upper bound, exclusive */
                            to: number;
                            /** @description number of values */
                            count: number;
                        }[];
                        /** @description clusters of the taste map */
                        clusters: {
                            /** @description name to display */
                            label: string;
                            /** @description number of tracks */
                            tracks: number;
                        }[];
                        /** @description the taste map */
                        map: {
                            /** @description layout method */
                            method: string;
                            /** @description a sample of the tracks */
                            points: {
                                /** @description position */
                                x: number;
                                /** @description position */
                                y: number;
                                /** @description index into `clusters` */
                                cluster: number;
                                /** @description title of the song */
                                name: string;
                                /** @description name of the artist */
                                artist: string;
                                /** @description release year; null when unknown */
                                year: number | null;
                            }[];
                        };
                        /** @description how often each cleaning rule applied */
                        cleaning: {
                            /** @description name of the rule */
                            rule: string;
                            /** @description how often it applied */
                            count: number;
                        }[];
                        /** @description rows that were not imported, by source and cause */
                        rejections: {
                            /** @description id of the source */
                            source: string;
                            /** @description why they were rejected */
                            cause: string;
                            /** @description number of rows */
                            count: number;
                            /** @description place of the first, e.g. file and line */
                            firstAt: string;
                        }[];
                        /** @description imports, one for each source */
                        sources: {
                            /** @description id of the source */
                            source: string;
                            /** @description licence of the data */
                            licence: string;
                            /** @description number of files */
                            files: number;
                            /** @description number of tracks */
                            tracks: number;
                            /** @description number of playlists and persons */
                            owners: number;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getEvaluation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the report; null when there is none */
                        report: {
                            /**
                             * @description version of this format
                             * @enum {number}
                             */
                            version: 1;
                            /** @description ISO 8601 */
                            createdAt: string;
                            /** @description how the models were evaluated */
                            protocol: {
                                /** @description id of the protocol */
                                id: string;
                                /** @description name for people */
                                title: string;
                                /** @description how it splits the data */
                                description: string;
                                /** @description what the models predict */
                                task: "ranking" | "ratings";
                                /** @description options of the protocol */
                                options: {
                                    [key: string]: unknown;
                                };
                                /** @description seed of the random numbers */
                                seed: number;
                                /** @description number of folds */
                                folds: number;
                                /** @description number of cases */
                                cases: number;
                            };
                            /** @description the data evaluated on */
                            dataset: {
                                /** @description fingerprint of catalogue and interactions */
                                id: string;
                                /** @description ids of the sources */
                                sources: string[];
                                /** @description number of tracks */
                                tracks: number;
                                /** @description number of playlists and persons */
                                owners: number;
                                /** @description owner–track pairs */
                                entries: number;
                            };
                            /** @description list lengths at which metrics are taken */
                            cutoffs: number[];
                            /** @description keys of the headline metrics */
                            headline: string[];
                            /** @description the metrics */
                            metrics: {
                                /** @description key of the values, e.g. "ndcg@20" */
                                key: string;
                                /** @description the metric, e.g. "ndcg" */
                                id: string;
                                /** @description null when the metric has none */
                                cutoff: number | null;
                                /** @description name for people */
                                title: string;
                                /** @description what the metric measures */
                                description: string;
                                /** @description its formula */
                                formula: string;
                                /** @description which values are better */
                                better: "higher" | "lower" | "neither";
                                /** @description e.g. "ms"; empty for plain numbers */
                                unit: string;
                            }[];
                            /** @description the models */
                            results: {
                                /** @description model id, or the name of a file of lists */
                                model: string;
                                /** @description name for people */
                                title: string;
                                /** @description baseline, content, collaborative or hybrid */
                                family: string;
                                /** @description settings of the model */
                                config: {
                                    [key: string]: unknown;
                                };
                                /** @description by metric key */
                                values: {
                                    [key: string]: {
                                        /** @description mean over cases */
                                        mean: number | null;
                                        /** @description lower end of the 95% interval */
                                        low: number | null;
                                        /** @description upper end of the 95% interval */
                                        high: number | null;
                                        /** @description cases that define the value */
                                        cases: number;
                                    };
                                };
                                /** @description the same by group of cases */
                                groups: {
                                    /** @description scenario, seeds or taste */
                                    kind: string;
                                    /** @description e.g. "title + first 5", "6–25 seeds", "long-tail taste" */
                                    label: string;
                                    /** @description number of cases in the group */
                                    cases: number;
                                    /** @description by metric key; headline metrics only */
                                    values: {
                                        [key: string]: {
                                            /** @description mean over cases */
                                            mean: number | null;
                                            /** @description lower end of the 95% interval */
                                            low: number | null;
                                            /** @description upper end of the 95% interval */
                                            high: number | null;
                                            /** @description cases that define the value */
                                            cases: number;
                                        };
                                    };
                                }[];
                                /** @description time of training over all folds */
                                fitSeconds: number | null;
                                /** @description time per answer, in milliseconds */
                                answerMs: {
                                    /** @description median time of an answer */
                                    p50: number | null;
                                    /** @description 99th percentile */
                                    p99: number | null;
                                    /** @description mean */
                                    mean: number | null;
                                };
                                /** @description why there are no values */
                                failed?: string;
                            }[];
                            /** @description the models in pairs */
                            comparisons: {
                                /** @description metric key */
                                metric: string;
                                /** @description id of a model */
                                a: string;
                                /** @description id of another model */
                                b: string;
                                /** @description mean of a − b over the cases that both define */
                                difference: number;
                                /** @description lower end of the 95% interval of the difference */
                                low: number;
                                /** @description upper end of the 95% interval of the difference */
                                high: number;
                                /** @description number of cases that both define */
                                cases: number;
                                /** @description two-sided paired permutation test */
                                pPermutation: number;
                                /** @description two-sided paired t-test */
                                pT: number;
                                /** @description pPermutation corrected by Holm over all pairs of this metric */
                                pHolm: number;
                                /** @description conclusion */
                                verdict: "a better" | "b better" | "no difference";
                            }[];
                            /** @description a few cases with the lists of all models */
                            examples: {
                                /** @description id of the playlist or person */
                                owner: string;
                                /** @description its title or name */
                                title: string;
                                /** @description what the models were given */
                                scenario: string;
                                /** @description the first ten at most */
                                seeds: {
                                    /** @description id of the song in the catalogue */
                                    uri: string;
                                    /** @description title of the song */
                                    name: string;
                                    /** @description names of the artists */
                                    artists: string[];
                                }[];
                                /** @description number of seeds */
                                seedCount: number;
                                /** @description number of hidden songs */
                                truthCount: number;
                                /** @description the list of each model */
                                lists: {
                                    /** @description id of the model */
                                    model: string;
                                    /** @description its first songs */
                                    tracks: {
                                        /** @description id of the song in the catalogue */
                                        uri: string;
                                        /** @description title of the song */
                                        name: string;
                                        /** @description names of the artists */
                                        artists: string[];
                                        /** @description whether the song was hidden */
                                        hit: boolean;
                                    }[];
                                }[];
                            }[];
                            /** @description how long the evaluation took */
                            timing: {
                                /** @description total time */
                                totalSeconds: number;
                                /** @description spent on metrics, of the total */
                                metricsSeconds: number;
                                /** @description number of threads */
                                threads: number;
                                /** @description model × fold results taken from an earlier run */
                                cached: number;
                            };
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getEvaluationPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the jobs, newest first */
                        jobs: {
                            /** @description id of the job */
                            id: string;
                            /** @description what the job does: train, evaluate, import, forget or analyse */
                            kind: string;
                            /** @description state of the job */
                            state: "running" | "done" | "failed" | "cancelled";
                            /** @description progress of the whole job, 0–1 */
                            fraction: number;
                            /** @description requested models; absent when none were named */
                            models?: string[];
                            /** @description the model in progress */
                            model: string | null;
                            /** @description current step */
                            note: string;
                            /**
                             * Format: date-time
                             * @description when it started, ISO 8601
                             */
                            startedAt: string;
                            /** @description time since the start */
                            elapsedSeconds: number;
                            /** @description estimate; null when there is none */
                            secondsLeft: number | null;
                            /** @description why it failed, as a sentence; null unless it failed */
                            error: string | null;
                            /** @description error code, see docs/errors.md */
                            code: string | null;
                            /** @description after an analysis: unusable files by cause, most frequent first */
                            damaged?: {
                                /** @description the cause */
                                problem: string;
                                /** @description number of files */
                                count: number;
                                /** @description the first 50, relative to the folder */
                                files: string[];
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    startJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "train",
                 *       "models": [
                 *         "als"
                 *       ],
                 *       "set": {
                 *         "als": {
                 *           "factors": 32
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description what to do */
                    kind: "train" | "evaluate";
                    /** @description model ids; by default all default models that this library can train */
                    models?: string[];
                    /**
                     * @description seed of the random numbers
                     * @default 1
                     */
                    seed?: number;
                    /** @description settings by model, e.g. { als: { factors: 32 } } */
                    set?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                    /** @description options of the evaluation, e.g. { queries: 200 } */
                    options?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Started: follow the job with `GET /api/jobs/{id}` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description what the job does: train, evaluate, import, forget or analyse */
                        kind: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description progress of the whole job, 0–1 */
                        fraction: number;
                        /** @description requested models; absent when none were named */
                        models?: string[];
                        /** @description the model in progress */
                        model: string | null;
                        /** @description current step */
                        note: string;
                        /**
                         * Format: date-time
                         * @description when it started, ISO 8601
                         */
                        startedAt: string;
                        /** @description time since the start */
                        elapsedSeconds: number;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description why it failed, as a sentence; null unless it failed */
                        error: string | null;
                        /** @description error code, see docs/errors.md */
                        code: string | null;
                        /** @description after an analysis: unusable files by cause, most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            /** @description number of files */
                            count: number;
                            /** @description the first 50, relative to the folder */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description what the job does: train, evaluate, import, forget or analyse */
                        kind: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description progress of the whole job, 0–1 */
                        fraction: number;
                        /** @description requested models; absent when none were named */
                        models?: string[];
                        /** @description the model in progress */
                        model: string | null;
                        /** @description current step */
                        note: string;
                        /**
                         * Format: date-time
                         * @description when it started, ISO 8601
                         */
                        startedAt: string;
                        /** @description time since the start */
                        elapsedSeconds: number;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description why it failed, as a sentence; null unless it failed */
                        error: string | null;
                        /** @description error code, see docs/errors.md */
                        code: string | null;
                        /** @description after an analysis: unusable files by cause, most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            /** @description number of files */
                            count: number;
                            /** @description the first 50, relative to the folder */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the job */
                        id: string;
                        /** @description what the job does: train, evaluate, import, forget or analyse */
                        kind: string;
                        /** @description state of the job */
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description progress of the whole job, 0–1 */
                        fraction: number;
                        /** @description requested models; absent when none were named */
                        models?: string[];
                        /** @description the model in progress */
                        model: string | null;
                        /** @description current step */
                        note: string;
                        /**
                         * Format: date-time
                         * @description when it started, ISO 8601
                         */
                        startedAt: string;
                        /** @description time since the start */
                        elapsedSeconds: number;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description why it failed, as a sentence; null unless it failed */
                        error: string | null;
                        /** @description error code, see docs/errors.md */
                        code: string | null;
                        /** @description after an analysis: unusable files by cause, most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            /** @description number of files */
                            count: number;
                            /** @description the first 50, relative to the folder */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    jobEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    getAsyncApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description true when the library is loaded and has songs */
                        ok: boolean;
                        /** @description version of Segue */
                        version: string;
                        /** @description time since the start */
                        uptimeSeconds: number;
                        library: {
                            /** @description fingerprint of the catalogue */
                            catalogueId: string;
                            /** @description number of tracks */
                            tracks: number;
                            /** @description number of playlists and persons */
                            owners: number;
                        } | null;
                        models: {
                            /** @description ids of the trained models */
                            trained: string[];
                            /** @description ids of the models in memory */
                            loaded: string[];
                            default: string | null;
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether the server is ready */
                        ready: boolean;
                        /** @description parts that are still loading: the library, the search index, the default model */
                        waitingFor: ("library" | "search" | "model")[];
                    };
                };
            };
            /** @description Not ready yet */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether the server is ready */
                        ready: boolean;
                        /** @description parts that are still loading: the library, the search index, the default model */
                        waitingFor: ("library" | "search" | "model")[];
                    };
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description counters by name */
                        counts: {
                            [key: string]: number;
                        };
                        /** @description timings by step */
                        steps: {
                            [key: string]: {
                                /** @description how often the step ran */
                                count: number;
                                /** @description its total time, in milliseconds */
                                totalMs: number;
                                /** @description median time, in milliseconds */
                                p50Ms: number;
                                /** @description 99th percentile of the time, in milliseconds */
                                p99Ms: number;
                                /** @description longest time, in milliseconds */
                                maxMs: number;
                            };
                        };
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the services that can be connected */
                        services: {
                            /** @description id of the service */
                            id: string;
                            /** @description name of the service */
                            title: string;
                            /** @description what the connection does */
                            description: string;
                            /** @description true when sign-in happens on the service's own page: see POST /api/connections/sign-in */
                            page: boolean;
                            /** @description sign-in by code, if the service offers it: see POST /api/connections/code */
                            byCode: {
                                /** @description name of this way to sign in */
                                title: string;
                                /** @description settings that sign-in by code does not need */
                                spares: string[];
                            } | null;
                            /** @description the settings to send when connecting */
                            settings: {
                                /** @description name of the setting */
                                name: string;
                                /** @description what to enter */
                                description: string;
                                /** @description whether to hide it on screen */
                                secret: boolean;
                                /** @description whether it must be given */
                                required: boolean;
                            }[];
                        }[];
                        /** @description the connections that exist */
                        connections: {
                            /** @description id of the connection */
                            id: string;
                            /** @description id of the service */
                            service: string;
                            /** @description name of the service */
                            title: string;
                            /** @description id of the listener who connected it */
                            listener: string;
                            /** @description account on the service */
                            account: string;
                            /** @description name and version that the server reports */
                            server: string;
                            /** @description when it was connected */
                            createdAt: number;
                            syncedAt: number | null;
                            /** @description why the last sync failed, as a sentence */
                            problem: string | null;
                            /** @description number of songs on the service */
                            songs: number;
                            /** @description number of these songs that the catalogue has from other sources */
                            matched: number;
                            /** @description number of songs since removed from the service */
                            gone: number;
                            /** @description true when the service permits its data to be used only in queries, not for training; disconnecting deletes the data */
                            queryOnly: boolean;
                            /** @description every host that the connection may contact */
                            hosts: {
                                /** @description address of the host */
                                origin: string;
                                /** @description reason for contacting the host */
                                why: string;
                            }[];
                            /** @description what the connection can do */
                            abilities: {
                                /** @description id of the ability */
                                id: string;
                                /** @description text that continues "can …" */
                                text: string;
                                /** @description whether it can do this */
                                able: boolean;
                                /** @description why it cannot; null when it can */
                                because: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    connect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "service": "subsonic",
                 *       "listener": "Alice",
                 *       "settings": {
                 *         "address": "http://nas:4533",
                 *         "user": "alice",
                 *         "password": "secret"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description id of the service, see `GET /api/connections` */
                    service: string;
                    /** @description id or name of a listener */
                    listener: string;
                    /** @description the settings that the service asks for, by name */
                    settings: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the connection */
                        id: string;
                        /** @description id of the service */
                        service: string;
                        /** @description name of the service */
                        title: string;
                        /** @description id of the listener who connected it */
                        listener: string;
                        /** @description account on the service */
                        account: string;
                        /** @description name and version that the server reports */
                        server: string;
                        /** @description when it was connected */
                        createdAt: number;
                        syncedAt: number | null;
                        /** @description why the last sync failed, as a sentence */
                        problem: string | null;
                        /** @description number of songs on the service */
                        songs: number;
                        /** @description number of these songs that the catalogue has from other sources */
                        matched: number;
                        /** @description number of songs since removed from the service */
                        gone: number;
                        /** @description true when the service permits its data to be used only in queries, not for training; disconnecting deletes the data */
                        queryOnly: boolean;
                        /** @description every host that the connection may contact */
                        hosts: {
                            /** @description address of the host */
                            origin: string;
                            /** @description reason for contacting the host */
                            why: string;
                        }[];
                        /** @description what the connection can do */
                        abilities: {
                            /** @description id of the ability */
                            id: string;
                            /** @description text that continues "can …" */
                            text: string;
                            /** @description whether it can do this */
                            able: boolean;
                            /** @description why it cannot; null when it can */
                            because: string | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    disconnect: {
        parameters: {
            query?: {
                /** @description also delete what was read through it */
                data?: boolean;
            };
            header?: never;
            path: {
                /** @description id of the connection */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description always true */
                        ok: boolean;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    contactedHosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description every host contacted, or that may be */
                        hosts: {
                            /** @description address of the host */
                            origin: string;
                            /** @description reasons for contacting the host */
                            why: string[];
                            /** @description true when an active connection may contact the host */
                            inUse: boolean;
                            /** @description 0 = not contacted yet */
                            requests: number;
                            firstAt: number | null;
                            lastAt: number | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    beginSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id of the service, see `GET /api/connections` */
                    service: string;
                    /** @description id or name of a listener */
                    listener: string;
                    /** @description the settings that the service asks for, by name */
                    settings: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description address of the page where the listener signs in */
                        address: string;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    finishSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Redirect */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    signInProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection attempt */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description why the sign-in failed; null when nothing is known */
                        problem: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    beginSignInByCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id of the service, see `GET /api/connections` */
                    service: string;
                    /** @description id or name of a listener */
                    listener: string;
                    /** @description the settings that the service asks for, by name */
                    settings: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the sign-in */
                        id: string;
                        /** @description code to display */
                        code: string;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    lookForCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id of the sign-in */
                    id: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the new connection; null until the code is confirmed */
                        connection: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    syncState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether a sync is running */
                        state: "idle" | "running";
                        /** @description progress of the sync, 0–1; null when no sync runs or the service does not report a total */
                        fraction: number | null;
                        /** @description current step; null when no sync runs */
                        note: string | null;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description end of the last sync; null when there was none */
                        syncedAt: number | null;
                        /** @description why the last sync failed; null when it did not */
                        problem: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    syncConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Started: follow the job with `GET /api/jobs/{id}` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether a sync is running */
                        state: "idle" | "running";
                        /** @description progress of the sync, 0–1; null when no sync runs or the service does not report a total */
                        fraction: number | null;
                        /** @description current step; null when no sync runs */
                        note: string | null;
                        /** @description estimate; null when there is none */
                        secondsLeft: number | null;
                        /** @description end of the last sync; null when there was none */
                        syncedAt: number | null;
                        /** @description why the last sync failed; null when it did not */
                        problem: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    sendList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description chosen by the sender; sending the same key again replaces the list */
                    key: string;
                    /** @description name of the list on the service */
                    name: string;
                    /** @description description of the list on the service */
                    comment?: string;
                    /** @description ids of songs in the catalogue */
                    songs: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the list on the service */
                        id: string;
                        /** @description number of songs written */
                        written: number;
                        /** @description songs that the service does not have */
                        missing: {
                            /** @description title of the song */
                            title: string;
                            /** @description name of the artist */
                            artist: string;
                        }[];
                        /** @description address of the list's page on the service */
                        page: string | null;
                        /** @description address of a player for the list, to embed in a page */
                        frame: string | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    missingSongs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of songs in the catalogue */
                    songs: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description number of songs that the service has */
                        present: number;
                        /** @description songs that the service does not have */
                        missing: {
                            /** @description title of the song */
                            title: string;
                            /** @description name of the artist */
                            artist: string;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    songFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of songs in the catalogue */
                    songs: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description files of the songs; songs without a known file are omitted */
                        files: {
                            /** @description id of the song */
                            song: string;
                            /** @description absolute, or within the music folder of the server */
                            path: string;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    streamSong: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
                /** @description the song's id in the catalogue, or on the server */
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    songCover: {
        parameters: {
            query?: {
                /** @description width and height in pixels */
                size?: number;
            };
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
                /** @description the song's id in the catalogue, or on the server */
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    reportPlay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
                /** @description the song's id in the catalogue, or on the server */
                song: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description when the play began, seconds since 1970 */
                    at: number;
                    /** @description false = now playing; true = finished, counts as a play */
                    finished: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description always true */
                        ok: boolean;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    listAccessTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the access tokens */
                        tokens: {
                            /** @description id of the token, to revoke it */
                            id: string;
                            /** @description id of the listener who owns it */
                            listener: string;
                            /** @description purpose, chosen by the listener */
                            name: string;
                            /** @description read: read the catalogue and your own data, and get recommendations; write: change your own data: likes, bans, lists, settings, imports, connections; events: send plays and other events, and follow them live; household: send events and get recommendations for everyone here, as a music server does (administrators); admin: import, train and manage (administrators) */
                            scopes: ("read" | "write" | "events" | "household" | "admin")[];
                            /** @description milliseconds since 1970 */
                            createdAt: number;
                            /** @description last use, milliseconds since 1970; null = never */
                            usedAt: number | null;
                        }[];
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    createAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "listener": "Alice",
                 *       "name": "My program",
                 *       "scopes": [
                 *         "read",
                 *         "events"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description id or name of a listener */
                    listener: string;
                    /** @description purpose, e.g. the name of the program */
                    name: string;
                    /** @description read: read the catalogue and your own data, and get recommendations; write: change your own data: likes, bans, lists, settings, imports, connections; events: send plays and other events, and follow them live; household: send events and get recommendations for everyone here, as a music server does (administrators); admin: import, train and manage (administrators) */
                    scopes?: ("read" | "write" | "events" | "household" | "admin")[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the token, to revoke it */
                        id: string;
                        /** @description the token itself; shown only once */
                        token: string;
                        /** @description id of the listener who owns it */
                        listener: string;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    revokeAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the token */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description always true */
                        ok: boolean;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    weekly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null when weekly lists are switched off */
                        weekly: {
                            /** @description whether to write the weekly mixes */
                            mixes: boolean;
                            /** @description ids of saved lists */
                            lists: string[];
                            /** @description progress of this week’s lists */
                            state: "waiting" | "due" | "writing";
                            /** @description the next Monday, in the listener's time zone; null while this week's lists are due */
                            next: string | null;
                            /** @description when this week's lists were finished, milliseconds since 1970 */
                            writtenAt: number | null;
                            /** @description time of the next attempt, milliseconds since 1970 */
                            retryAt: number | null;
                            /** @description why the last attempt failed, as a sentence */
                            problem: string | null;
                            /** @description the lists written this week */
                            written: {
                                /** @description what the list is: a mix or a saved list */
                                key: string;
                                /** @description name of the list on the service */
                                name: string;
                                /** @description number of songs written; null = not yet written */
                                written: number | null;
                                /** @description number of songs that the service lacks; null = not yet written */
                                missing: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    chooseWeekly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description whether to write the weekly mixes */
                    mixes: boolean;
                    /** @description ids of saved lists */
                    lists: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null when weekly lists are switched off */
                        weekly: {
                            /** @description whether to write the weekly mixes */
                            mixes: boolean;
                            /** @description ids of saved lists */
                            lists: string[];
                            /** @description progress of this week’s lists */
                            state: "waiting" | "due" | "writing";
                            /** @description the next Monday, in the listener's time zone; null while this week's lists are due */
                            next: string | null;
                            /** @description when this week's lists were finished, milliseconds since 1970 */
                            writtenAt: number | null;
                            /** @description time of the next attempt, milliseconds since 1970 */
                            retryAt: number | null;
                            /** @description why the last attempt failed, as a sentence */
                            problem: string | null;
                            /** @description the lists written this week */
                            written: {
                                /** @description what the list is: a mix or a saved list */
                                key: string;
                                /** @description name of the list on the service */
                                name: string;
                                /** @description number of songs written; null = not yet written */
                                written: number | null;
                                /** @description number of songs that the service lacks; null = not yet written */
                                missing: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    endWeekly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the connection, see `GET /api/connections` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null when weekly lists are switched off */
                        weekly: {
                            /** @description whether to write the weekly mixes */
                            mixes: boolean;
                            /** @description ids of saved lists */
                            lists: string[];
                            /** @description progress of this week’s lists */
                            state: "waiting" | "due" | "writing";
                            /** @description the next Monday, in the listener's time zone; null while this week's lists are due */
                            next: string | null;
                            /** @description when this week's lists were finished, milliseconds since 1970 */
                            writtenAt: number | null;
                            /** @description time of the next attempt, milliseconds since 1970 */
                            retryAt: number | null;
                            /** @description why the last attempt failed, as a sentence */
                            problem: string | null;
                            /** @description the lists written this week */
                            written: {
                                /** @description what the list is: a mix or a saved list */
                                key: string;
                                /** @description name of the list on the service */
                                name: string;
                                /** @description number of songs written; null = not yet written */
                                written: number | null;
                                /** @description number of songs that the service lacks; null = not yet written */
                                missing: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    navidromePlugin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description name of the question, e.g. similar-songs-by-track */
                question: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id of the song, album or artist on the server */
                    id?: string;
                    /** @description title of the song or album, or name of the artist */
                    name?: string;
                    /** @description names of the artists */
                    artist?: string;
                    /** @description title of the album */
                    album?: string;
                    /** @description MusicBrainz id */
                    mbid?: string;
                    /** @description number of results, 0–500; values beyond are cut to this range */
                    count?: number;
                    /** @description the same, under the name that some questions use */
                    limit?: number;
                    /** @description the song to find similar ones for */
                    song?: {
                        /** @description id of the song on the server */
                        id?: string;
                        /** @description title of the song */
                        name?: string;
                        /** @description names of the artists */
                        artist?: string;
                        /** @description title of the album */
                        album?: string;
                        /** @description MusicBrainz id of the recording */
                        mbid?: string;
                        /** @description ISRC of the recording */
                        isrc?: string;
                        /** @description the artists */
                        artists?: {
                            /** @description id of the artist on the server */
                            id?: string;
                            /** @description name of the artist */
                            name?: string;
                            /** @description MusicBrainz id of the artist */
                            mbid?: string;
                        }[];
                    };
                    /** @description first song of the path */
                    startSong?: {
                        /** @description id of the song on the server */
                        id?: string;
                        /** @description title of the song */
                        name?: string;
                        /** @description names of the artists */
                        artist?: string;
                        /** @description title of the album */
                        album?: string;
                        /** @description MusicBrainz id of the recording */
                        mbid?: string;
                        /** @description ISRC of the recording */
                        isrc?: string;
                        /** @description the artists */
                        artists?: {
                            /** @description id of the artist on the server */
                            id?: string;
                            /** @description name of the artist */
                            name?: string;
                            /** @description MusicBrainz id of the artist */
                            mbid?: string;
                        }[];
                    };
                    /** @description last song of the path */
                    endSong?: {
                        /** @description id of the song on the server */
                        id?: string;
                        /** @description title of the song */
                        name?: string;
                        /** @description names of the artists */
                        artist?: string;
                        /** @description title of the album */
                        album?: string;
                        /** @description MusicBrainz id of the recording */
                        mbid?: string;
                        /** @description ISRC of the recording */
                        isrc?: string;
                        /** @description the artists */
                        artists?: {
                            /** @description id of the artist on the server */
                            id?: string;
                            /** @description name of the artist */
                            name?: string;
                            /** @description MusicBrainz id of the artist */
                            mbid?: string;
                        }[];
                    };
                    /** @description name of the user on the server */
                    username?: string;
                    /** @description the song that is or was played */
                    track?: {
                        /** @description id of the song on the server */
                        id?: string;
                        /** @description title of the song */
                        title?: string;
                        /** @description title of the album */
                        album?: string;
                        /** @description names of the artists */
                        artist?: string;
                        /** @description the artists */
                        artists?: {
                            /** @description id of the artist on the server */
                            id?: string;
                            /** @description name of the artist */
                            name?: string;
                            /** @description MusicBrainz id of the artist */
                            mbid?: string;
                        }[];
                        /** @description length in seconds; 0 or less = unknown */
                        duration?: number;
                        /** @description MusicBrainz id of the recording */
                        mbzRecordingId?: string;
                    };
                    /** @description when the play began, seconds since 1970 */
                    timestamp?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": boolean | {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
    sendOwnFile: {
        parameters: {
            query: {
                /** @description name of the file */
                name: string;
            };
            header?: never;
            path: {
                /** @description id of the listener, see `GET /api/listeners` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description id of the received file, for the import */
                        file: string;
                    };
                };
            };
            /** @description The request is invalid or not allowed; `error.remedy` says what to do */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description The server failed, or it is busy: 503 with `Retry-After` */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the error */
                        error: {
                            /** @description stable code of the error, from docs/errors.md */
                            code: string;
                            /** @description what happened, what was expected and what to do, in sentences for people */
                            message: string;
                            /** @description what the server found */
                            got: string;
                            /** @description what would have been valid; null when nothing else would be */
                            expected: string | null;
                            /** @description what to do now; null when nothing helps */
                            remedy: string | null;
                            /** @description similar names that exist; often empty */
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
}
