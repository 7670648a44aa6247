// Generated from web/openapi.json by "npm run generate -w web"; not edited by hand.
export interface paths {
    "/api/operation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Load, latency, queue, jobs and drift of this server over the last hours, and the lag of the stream */
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
        /** Recommend songs from songs, a title, a playlist or a history */
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
        /** Songs nearest to one song, by a model */
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
        /** Songs that lead from one song to another */
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
        /** Search songs, artists, albums and moods by name; tolerates typos */
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
        /** All data about one song */
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
        /** Match a pasted list or an exported playlist to songs in the catalogue */
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
        /** Search owners by title */
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
        /** One owner with its tracks */
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
        /** Every model with its settings, and whether it is trained on this library */
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
        /** One model with its training statistics (loads it) */
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
        /** What the library holds, from where, under what licence, and what was rejected */
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
        /** Genres that begin with a text or are spelt like it; without one, the most common */
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
        /** Import one file (the request body) into the library; returns the job */
        post: operations["importFile"];
        /** Remove an imported file; some models must be trained again afterwards */
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
        /** Whether music files on the server’s machine can be analysed, and with what */
        get: operations["analysesPossible"];
        put?: never;
        /** Measure the sound of the music files in a folder on the server’s machine; returns the job */
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
        /** The listeners, by name */
        get: operations["listListeners"];
        put?: never;
        /** Add a listener */
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
        /** One listener: counts of what is stored, and the settings */
        get: operations["getListener"];
        put?: never;
        post?: never;
        /** Delete everything about a listener: history, lists, events and their part in the models */
        delete: operations["deleteListener"];
        options?: never;
        head?: never;
        /** Rename a listener */
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
        /** Change settings; consent adds the plays to the collaborative data, withdrawing it takes them out */
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
        /** The files a listener imported, newest first */
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
        /** Undo an import: the plays it added are deleted */
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
        /** Everything stored about a listener, as one zip of JSON Lines, CSV and JSPF */
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
        /** Imports since the server started, newest first, so that a reloaded page can follow them */
        get: operations["listOwnImports"];
        put?: never;
        /** Import uploaded files into the listener's history; returns the job */
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
        /** State of an import, with its report once it is done */
        get: operations["getOwnImport"];
        put?: never;
        post?: never;
        /** Stop an import; the plays it added are removed */
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
        /** Imported songs with several possible matches, most played first */
        get: operations["listReviews"];
        put?: never;
        /** Settle which song it is, or "none"; later imports remember the answer */
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
        /** Look again for the songs that the catalogue lacked */
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
        /** New songs for a listener, mixed with loved ones not played for a while; the same all day until feedback changes it */
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
        /** Mixes of a listener's own tastes, named by what their songs share; no song is in two of them, and they stay the same all day or week */
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
        /** New songs in proportion to the clusters of a listener's loved songs */
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
        /** More of what a listener played most in a period */
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
        /** Songs to continue a saved list */
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
        /** How well each model would have predicted the listener, measured on their own history. Starts the backtest if needed; poll until it is done */
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
        /** A history by year, hour, artist and genre, with discoveries and where taste moved on the map */
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
        /** Two models compared by what listeners did with their lists, newest first */
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
        /** Play history, newest first */
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
        /** Remove plays from the history; they can be restored */
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
        /** Restore removed plays */
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
        /** Permanently delete removed plays */
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
        /** Songs in the history with play counts */
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
        /** The likes, newest first */
        get: operations["listLikes"];
        put?: never;
        /** Add songs to the likes */
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
        /** Remove a song from the likes */
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
        /** The dislikes, newest first */
        get: operations["listDislikes"];
        put?: never;
        /** Add songs to the dislikes */
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
        /** Remove a song from the dislikes */
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
        /** Bans, newest first, including expired ones */
        get: operations["listBans"];
        put?: never;
        /** Ban a song, artist or genre, permanently or until a given time */
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
        /** Lift a ban */
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
        /** Saved lists, most recently changed first */
        get: operations["listSavedLists"];
        put?: never;
        /** Save a list with the request it came from */
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
        /** A saved list with its songs */
        get: operations["getSavedList"];
        /** Save a new version of a list; identical songs and settings change nothing */
        put: operations["saveListVersion"];
        post?: never;
        /** Move a list to the bin, or delete it permanently */
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
        /** The versions of a list, newest first */
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
        /** One version of a list with its songs */
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
        /** Restore an old version as a new one */
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
        /** Restore a list from the bin */
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
        /** Record feedback of one or several listeners. Sending an event again changes nothing; those of one listener are recorded together or not at all */
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
        /** Recorded events, newest first */
        get: operations["listEvents"];
        put?: never;
        /** Record one event of a listener; sending it again changes nothing */
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
        /** Server-sent events: `events` (those of the listener as they arrive, with the song), `list` (the list for them, when it changed) or `problem` (why there is none). A client that reconnects with Last-Event-ID misses nothing */
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
        /** Description of the taste map; /api/map/points returns the points */
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
        /** Columns of the taste map, little-endian, `count` values each at their offset */
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
        /** Songs behind points of the map, by track number */
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
        /** Data for the exploration charts */
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
        /** Latest evaluation report, or null */
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
        /** The latest evaluation report as one HTML page with charts, as written by `segue evaluate --report` */
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
        /** Jobs since the server started, newest first */
        get: operations["listJobs"];
        put?: never;
        /** Train or evaluate models in the background */
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
        /** State of one job */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /** Cancel a job; partial results are discarded */
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
        /** Progress as server-sent events: `progress` (a job), then one of `done`, `failed` or `cancelled` (a job), after which the stream ends */
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
        /** The Kafka topics and the JSON Schema of their messages, as AsyncAPI 3.0 */
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
        /** Readiness: 200, or 503 while the library is being read, the search index built or the default model loaded, or when the server is stopping */
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
        /** Counters and timings per step since the start */
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
        /** Connections, and the services available */
        get: operations["listConnections"];
        put?: never;
        /** Sign in to a service; the password is stored encrypted and never returned */
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
        /** Remove a connection and its sign-in */
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
        /** Every host that Segue has contacted or will contact, with reasons and count; empty until a connection is made */
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
        /** Start a sign-in on a service’s own page; returns the address to open */
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
        /** Where a service's page returns to; redirects to the Connections page */
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
        /** Why the last sign-in on a service's page failed */
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
        /** Get a code that the listener confirms in one of the service's apps */
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
        /** Check once whether a code was confirmed; if so, the connection is created. Poll every two seconds */
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
        /** Progress of a sync */
        get: operations["syncState"];
        put?: never;
        /** Start a sync in the background, unless one is already running */
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
        /** Write a list to the service; the same key replaces it */
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
        /** Which songs of a list are not on the server */
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
        /** The files of songs on the server, as it names them */
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
        /** Stream a song from the server; supports ranges */
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
        /** Cover art of a song from the server */
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
        /** Report to the server that a song is playing or was played */
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
        /** Access tokens; a token itself is shown once, when it is created */
        get: operations["listAccessTokens"];
        put?: never;
        /** Create an access token for another program, on behalf of one listener */
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
        /** Revoke a token */
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
        /** What is written to the service every week */
        get: operations["weekly"];
        /** Write mixes and saved lists to the service now and every Monday */
        put: operations["chooseWeekly"];
        post?: never;
        /** Stop the weekly lists; those already written stay there */
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
        /** Send one file of a listener's own export (its bytes are the body); import it with POST …/own-imports */
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the last three hours at most, the oldest first */
                        minutes: {
                            /** @description its beginning, in milliseconds since 1970 */
                            at: number;
                            requests: number;
                            /** @description answers of 500 and above, except 503 */
                            failed: number;
                            /** @description answers of 503 */
                            refused: number;
                            p50Ms: number | null;
                            p95Ms: number | null;
                            /** @description most queries that waited for a thread at once */
                            waiting: number;
                            processor: number | null;
                            memoryBytes: number | null;
                        }[];
                        /** @description the last hour by step and model, those that took most time first */
                        steps: {
                            step: string;
                            model: string | null;
                            count: number;
                            p50Ms: number;
                            p95Ms: number;
                            maxMs: number;
                        }[];
                        queue: {
                            waiting: number;
                            limit: number;
                            refused: number;
                        };
                        jobs: {
                            running: number;
                            done: number;
                            failed: number;
                            cancelled: number;
                        };
                        /** @description lag of `segue stream` by partition, as it last told the store; null while the store does not answer */
                        stream: {
                            /** @description consumer group */
                            group: string;
                            topic: string;
                            partition: number;
                            /** @description messages waiting on the broker */
                            lag: number;
                            /** @description when it was measured, in milliseconds since 1970 */
                            at: number;
                        }[] | null;
                        drift: {
                            /** @description a week at most, the oldest first */
                            hours: {
                                /** @description its beginning, in milliseconds since 1970 */
                                at: number;
                                lists: number;
                                /** @description recommended songs that were counted, repeats included */
                                songs: number;
                                differentSongs: number | null;
                                differentArtists: number | null;
                                heldBy: number | null;
                            }[];
                            compared: {
                                measure: "differentSongs" | "differentArtists" | "heldBy";
                                now: number | null;
                                usual: {
                                    median: number;
                                    least: number;
                                    most: number;
                                } | null;
                                /** @description the latest hour lies outside the range of all earlier ones */
                                unusual: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    seeds?: {
                        /** @description track URI, Spotify link or id */
                        track: string;
                        /**
                         * @description more than 1 = more of this, negative = less like this
                         * @default 1
                         */
                        weight?: number;
                        /** @description the title, by which a track is found whose id the catalogue lacks */
                        name?: string;
                        artists?: string[];
                        album?: string;
                    }[];
                    /** @description what a person played: becomes seeds weighted by recency and count; disliked songs count against */
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
                    /** @description what is wanted in words, e.g. "energetic 90s rock for running, no Oasis": years, genres, moods, tempo and artists are requirements, the rest is read as a title; `understood` in the answer lists them */
                    text?: string;
                    /** @description ids from `understood` to ignore */
                    without?: string[];
                    /** @description id of a playlist or person of the library whose tracks are the seeds */
                    owner?: string;
                    /** @default 50 */
                    n?: number;
                    /** @description id of a model; the best trained one by default */
                    model?: string;
                    /** @description track URIs, artist URIs, or artist:<name> */
                    exclude?: string[];
                    filters?: {
                        /** @description release year */
                        year?: {
                            from?: number;
                            to?: number;
                        };
                        /** @description track popularity, 0–100 */
                        popularity?: {
                            from?: number;
                            to?: number;
                        };
                        /** @description energy, 0–1 */
                        energy?: {
                            from?: number;
                            to?: number;
                        };
                        /** @description tempo in BPM */
                        tempo?: {
                            from?: number;
                            to?: number;
                        };
                        /** @description false leaves explicit tracks out; true allows only them */
                        explicit?: boolean;
                        /** @description at least one of these genres */
                        genres?: string[];
                        /** @description none of these genres */
                        withoutGenres?: string[];
                        /**
                         * @description whether a track passes a filter when the library does not know its value: true = any filter, false = none, or the names of the filters that it passes
                         * @default true
                         */
                        keepUnknown?: boolean | ("year" | "popularity" | "energy" | "tempo" | "explicit" | "genres")[];
                    };
                    /** @description most tracks of one artist; auto = 3, and no limit when the query is about one artist: several seeds, all theirs, or a title or words that name only them */
                    perArtist?: number | "auto";
                    /** @description most tracks of one album */
                    perAlbum?: number;
                    /**
                     * @description maximal marginal relevance: 0 = by score only
                     * @default 0
                     */
                    diversity?: number;
                    /**
                     * @description discount for popular tracks: how surprising the list may be
                     * @default 0
                     */
                    adventure?: number;
                    /**
                     * @description how closely the list follows the mix of styles of its seeds, in their proportions (Steck 2018)
                     * @default 0
                     */
                    balance?: number;
                    /**
                     * @description order for listening
                     * @default score
                     */
                    order?: "score" | "smooth" | "arc";
                    /** @description the model's own query options, e.g. { weights: { genre: 3 } } */
                    options?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description keep the songs that the catalogue lacks for the next training, where the server allows it
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model: string;
                        tookMs: number;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            score: number;
                            /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                            because: string[];
                            /** @description index into sections */
                            section?: number;
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score that this evidence brought, 0–1 */
                                share: number;
                                text: string;
                                tracks?: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                owners?: {
                                    id: string;
                                    title: string;
                                }[];
                                artists?: string[];
                            }[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris?: string[];
                        }[];
                        sections?: {
                            label: string;
                            share: number;
                        }[];
                        /** @description what `text` demands of the songs, each demand once */
                        understood?: {
                            /** @description as `without` takes it */
                            id: string;
                            kind: "years" | "genre" | "mood" | "tempo" | "popularity" | "explicit" | "artist";
                            /** @description for people, e.g. 1990–1999 */
                            label: string;
                            /** @description index of its first character in `text` */
                            from: number;
                            /** @description index after its last character */
                            to: number;
                        }[];
                        /** @description seeds that the catalogue lacks */
                        unknown: string[];
                        /** @description true when nothing of the query was known and popularity answered */
                        fallback: boolean;
                        fallbackReason?: string;
                        /** @description the limit per artist that was applied, when there was one */
                        perArtist?: number;
                        /** @description when filters left fewer tracks than asked: how many more would pass without each, most first */
                        relax?: {
                            filter: "year" | "popularity" | "energy" | "tempo" | "explicit" | "genres";
                            tracks: number;
                        }[];
                        /** @description what the person should know, e.g. why the list is short */
                        notes?: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    /** @description track URI, Spotify link or id */
                    track: string;
                    /** @default 20 */
                    n?: number;
                    model?: string;
                    /** @default false */
                    details?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model: string;
                        tookMs: number;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            score: number;
                            /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                            because: string[];
                            /** @description index into sections */
                            section?: number;
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score that this evidence brought, 0–1 */
                                share: number;
                                text: string;
                                tracks?: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                owners?: {
                                    id: string;
                                    title: string;
                                }[];
                                artists?: string[];
                            }[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris?: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    /** @description first song: URI, Spotify link or id */
                    from: string;
                    /** @description last song */
                    to: string;
                    /**
                     * @description songs, both ends included
                     * @default 12
                     */
                    n?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description true = by what was measured in the audio of both songs; false = by features, artist, album and genres */
                        bySound: boolean;
                        tookMs: number;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            /** @description to the song before it, 0–1; 1 for the first */
                            similarity: number;
                            /** @description measured loudness in LUFS */
                            lufs: number | null;
                            /** @description measured tempo in BPM */
                            beat: number | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tookMs: number;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number: number;
                            album: string | null;
                            year: number | null;
                            durationMs: number | null;
                            popularity: number | null;
                            explicit: boolean | null;
                            genres: string[];
                            /** @description audio features by name, null when missing */
                            features: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris: string[];
                            /** @description how well the text matches, 0–1 */
                            match: number;
                        }[];
                        artists: {
                            /** @description id of the artist, as `exclude` takes it */
                            reference: string;
                            name: string;
                            /** @description titled tracks in this library */
                            tracks: number;
                            genres: string[];
                            /** @description how well the text matches, 0–1 */
                            match: number;
                            /** @description the five best known songs, each once */
                            top: {
                                uri: string;
                                name: string;
                                artists: string[];
                            }[];
                            /** @description true when the text means this artist rather than a song */
                            first: boolean;
                        }[];
                        albums: {
                            name: string;
                            artists: string[];
                            year: number | null;
                            /** @description how well the text matches, 0–1 */
                            match: number;
                            /** @description at most 30 */
                            tracks: {
                                uri: string;
                                name: string;
                                artists: string[];
                            }[];
                        }[];
                        /** @description the text taken as a playlist title or a mood */
                        mood: {
                            text: string;
                            /** @description playlists whose title says the same */
                            playlists: number;
                            /** @description true when the text is a mood rather than a name */
                            first: boolean;
                        } | null;
                        /** @description a link to another service, and what can be done with it */
                        link: {
                            service: string;
                            message: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        uri: string;
                        name: string;
                        artists: string[];
                        /** @description row in the catalogue, which is also its point on the taste map */
                        number: number;
                        album: string | null;
                        year: number | null;
                        durationMs: number | null;
                        popularity: number | null;
                        explicit: boolean | null;
                        genres: string[];
                        /** @description audio features by name, null when missing */
                        features: {
                            [key: string]: number | null;
                        };
                        /** @description ids of the artists, as `exclude` takes them */
                        artistUris: string[];
                        /** @description playlists of this library that hold it */
                        playlists: number;
                        /** @description some of them, those with most followers first */
                        owners: {
                            id: string;
                            title: string;
                            kind: "playlist" | "person";
                            /** @description number of tracks */
                            tracks: number;
                            followers: number | null;
                        }[];
                        /** @description the same song under other URIs */
                        versions: {
                            uri: string;
                            name: string;
                            artists: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    /** @description up to 10,000 lines of "Artist - Title", track URIs, Spotify links or ids; or the content of a CSV, M3U or JSON export */
                    text: string;
                    /**
                     * @description suggestions for each line without a sure match
                     * @default 3
                     */
                    suggestions?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tookMs: number;
                        /** @description what the text was taken for: lines, csv, m3u or json */
                        format: string;
                        /** @description the name that the text gives the list, or empty */
                        title: string;
                        matched: number;
                        unmatched: number;
                        lines: {
                            /** @description 1 = the first line */
                            line: number;
                            text: string;
                            track: {
                                uri: string;
                                name: string;
                                artists: string[];
                                /** @description row in the catalogue, which is also its point on the taste map */
                                number: number;
                                album: string | null;
                                year: number | null;
                                durationMs: number | null;
                                popularity: number | null;
                                explicit: boolean | null;
                                genres: string[];
                                /** @description audio features by name, null when missing */
                                features: {
                                    [key: string]: number | null;
                                };
                                /** @description ids of the artists, as `exclude` takes them */
                                artistUris: string[];
                            } | null;
                            /** @description 1 = by id, else how well the names match; 0 = no match */
                            confidence: number;
                            /** @description nearest songs when the match is absent or unsure */
                            suggestions: {
                                uri: string;
                                name: string;
                                artists: string[];
                                /** @description row in the catalogue, which is also its point on the taste map */
                                number: number;
                                album: string | null;
                                year: number | null;
                                durationMs: number | null;
                                popularity: number | null;
                                explicit: boolean | null;
                                genres: string[];
                                /** @description audio features by name, null when missing */
                                features: {
                                    [key: string]: number | null;
                                };
                                /** @description ids of the artists, as `exclude` takes them */
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
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                q?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tookMs: number;
                        owners: {
                            id: string;
                            title: string;
                            kind: "playlist" | "person";
                            /** @description number of tracks */
                            tracks: number;
                            followers: number | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        title: string;
                        kind: "playlist" | "person";
                        /** @description number of tracks */
                        tracks: number;
                        followers: number | null;
                        /** @description its tracks in order, at most the first 1,000 */
                        items: {
                            uri: string;
                            name: string;
                            artists: string[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number: number;
                            album: string | null;
                            year: number | null;
                            durationMs: number | null;
                            popularity: number | null;
                            explicit: boolean | null;
                            genres: string[];
                            /** @description audio features by name, null when missing */
                            features: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        models: {
                            id: string;
                            title: string;
                            description: string;
                            /** @description baseline, content, collaborative or hybrid */
                            family: string;
                            /** @description paper or origin of the equations */
                            source: string;
                            /** @description trained by a plain train */
                            byDefault: boolean;
                            /** @description trained on this library and ready to answer */
                            trained: boolean;
                            /** @description answers when a request names no model */
                            isDefault: boolean;
                            /** @description why it cannot be trained on this library */
                            unusable: string | null;
                            /** @description why the saved model cannot answer any more: train it again */
                            outdated: string | null;
                            /** @description a JSON schema */
                            config: {
                                [key: string]: unknown;
                            };
                            queryOptions: {
                                [key: string]: unknown;
                            } | null;
                            /** @description figures of the trained model; null until it is loaded */
                            info: {
                                [key: string]: unknown;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        title: string;
                        description: string;
                        /** @description baseline, content, collaborative or hybrid */
                        family: string;
                        /** @description paper or origin of the equations */
                        source: string;
                        /** @description trained by a plain train */
                        byDefault: boolean;
                        /** @description trained on this library and ready to answer */
                        trained: boolean;
                        /** @description answers when a request names no model */
                        isDefault: boolean;
                        /** @description why it cannot be trained on this library */
                        unusable: string | null;
                        /** @description why the saved model cannot answer any more: train it again */
                        outdated: string | null;
                        /** @description a JSON schema */
                        config: {
                            [key: string]: unknown;
                        };
                        queryOptions: {
                            [key: string]: unknown;
                        } | null;
                        /** @description figures of the trained model; null until it is loaded */
                        info: {
                            [key: string]: unknown;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        catalogueId: string;
                        counts: {
                            tracks: number;
                            artists: number;
                            albums: number;
                            genres: number;
                            playlists: number;
                            persons: number;
                            entries: number;
                            /** @description tracks with at least one audio feature */
                            withFeatures: number;
                            /** @description tracks that have a genre themselves or by an artist */
                            withGenres: number;
                            withYear: number;
                            /** @description distinct songs, versions counted once */
                            songs: number;
                        };
                        /** @description share of the titled tracks for which each filter knows the value */
                        coverage: {
                            year: number;
                            popularity: number;
                            energy: number;
                            tempo: number;
                            explicit: number;
                            genres: number;
                        };
                        /** @description tracks that queries named but the catalogue lacks */
                        waiting: number;
                        /** @description what cleaning changed, by rule */
                        cleaning: {
                            [key: string]: number;
                        };
                        provenance: {
                            source: string;
                            licence: string;
                            citation: string;
                            files: {
                                name: string;
                                sha256: string;
                                bytes: number;
                            }[];
                            taken: {
                                tracks: number;
                                artists: number;
                                owners: number;
                                entries: number;
                            };
                            rejections: {
                                cause: string;
                                count: number;
                                firstAt: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                q?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        genres: {
                            genre: string;
                            tracks: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                source: "mpd" | "tracks" | "artists" | "interactions";
                /** @description the file’s name, by which it can be forgotten */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 of the whole job */
                        fraction: number;
                        /** @description the models that were asked for; left out where none were named */
                        models?: string[];
                        /** @description the model that is being worked on */
                        model: string | null;
                        /** @description what is being done */
                        note: string;
                        /** Format: date-time */
                        startedAt: string;
                        elapsedSeconds: number;
                        secondsLeft: number | null;
                        error: string | null;
                        /** @description code of the error, as in docs/errors.md */
                        code: string | null;
                        /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            count: number;
                            /** @description the first 50, from the folder on */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                file: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 of the whole job */
                        fraction: number;
                        /** @description the models that were asked for; left out where none were named */
                        models?: string[];
                        /** @description the model that is being worked on */
                        model: string | null;
                        /** @description what is being done */
                        note: string;
                        /** Format: date-time */
                        startedAt: string;
                        elapsedSeconds: number;
                        secondsLeft: number | null;
                        error: string | null;
                        /** @description code of the error, as in docs/errors.md */
                        code: string | null;
                        /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            count: number;
                            /** @description the first 50, from the folder on */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
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
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 of the whole job */
                        fraction: number;
                        /** @description the models that were asked for; left out where none were named */
                        models?: string[];
                        /** @description the model that is being worked on */
                        model: string | null;
                        /** @description what is being done */
                        note: string;
                        /** Format: date-time */
                        startedAt: string;
                        elapsedSeconds: number;
                        secondsLeft: number | null;
                        error: string | null;
                        /** @description code of the error, as in docs/errors.md */
                        code: string | null;
                        /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            count: number;
                            /** @description the first 50, from the folder on */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        listeners: {
                            id: string;
                            name: string;
                            createdAt: number;
                            /** @description rises with every change to what is kept */
                            revision: number;
                        }[];
                        /** @description name of who is signed in; null on a server without sign-in */
                        signedIn: string | null;
                        /** @description whether they may use what is for administrators; true on a server without sign-in */
                        administrator: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        createdAt: number;
                        /** @description rises with every change to what is kept */
                        revision: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        createdAt: number;
                        /** @description rises with every change to what is kept */
                        revision: number;
                        counts: {
                            plays: number;
                            songs: number;
                            ownSongs: number;
                            likes: number;
                            dislikes: number;
                            bans: number;
                            lists: number;
                            imports: number;
                        };
                        settings: {
                            /** @description the plays join the collaborative data as one owner */
                            consent: boolean;
                            /** @description shown lists are kept, to judge models by how they were received */
                            rememberShown: boolean;
                            /** @description IANA name */
                            timeZone: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the plays were part of the collaborative data */
                        contributed: boolean;
                        /** @description removed with them and being retrained */
                        removedModels: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        createdAt: number;
                        /** @description rises with every change to what is kept */
                        revision: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the plays join the collaborative data as one owner */
                    consent?: boolean;
                    /** @description shown lists are kept, to judge models by how they were received */
                    rememberShown?: boolean;
                    /** @description IANA name */
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the plays join the collaborative data as one owner */
                        consent: boolean;
                        /** @description shown lists are kept, to judge models by how they were received */
                        rememberShown: boolean;
                        /** @description IANA name */
                        timeZone: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        imports: {
                            id: string;
                            format: string;
                            files: string[];
                            at: number;
                            finishedAt: number | null;
                            state: "running" | "done";
                            counts: {
                                [key: string]: number;
                            };
                            rejected: {
                                [key: string]: number;
                            };
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                import: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plays: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listOwnImports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: {
                            id: string;
                            state: "running" | "done" | "failed" | "cancelled";
                            /** @description 0–1 */
                            fraction: number;
                            /** @description what is being done */
                            note: string;
                            /** @description when it is done */
                            report: {
                                /** @description titles of the formats that were found */
                                formats: string[];
                                files: number;
                                /** @description files of no known format */
                                aside: string[];
                                counts: {
                                    [key: string]: number;
                                };
                                rejections: {
                                    cause: string;
                                    count: number;
                                }[];
                                songs: {
                                    matched: number;
                                    unsure: number;
                                    unknown: number;
                                };
                                /** @description songs with several possible matches, waiting for an answer */
                                toReview: number;
                            } | null;
                            /** @description when it failed */
                            error: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    files: string[];
                    /**
                     * @description include plays from private sessions
                     * @default false
                     */
                    privateSessions?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description what is being done */
                        note: string;
                        /** @description when it is done */
                        report: {
                            /** @description titles of the formats that were found */
                            formats: string[];
                            files: number;
                            /** @description files of no known format */
                            aside: string[];
                            counts: {
                                [key: string]: number;
                            };
                            rejections: {
                                cause: string;
                                count: number;
                            }[];
                            songs: {
                                matched: number;
                                unsure: number;
                                unknown: number;
                            };
                            /** @description songs with several possible matches, waiting for an answer */
                            toReview: number;
                        } | null;
                        /** @description when it failed */
                        error: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description what is being done */
                        note: string;
                        /** @description when it is done */
                        report: {
                            /** @description titles of the formats that were found */
                            formats: string[];
                            files: number;
                            /** @description files of no known format */
                            aside: string[];
                            counts: {
                                [key: string]: number;
                            };
                            rejections: {
                                cause: string;
                                count: number;
                            }[];
                            songs: {
                                matched: number;
                                unsure: number;
                                unknown: number;
                            };
                            /** @description songs with several possible matches, waiting for an answer */
                            toReview: number;
                        } | null;
                        /** @description when it failed */
                        error: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description what is being done */
                        note: string;
                        /** @description when it is done */
                        report: {
                            /** @description titles of the formats that were found */
                            formats: string[];
                            files: number;
                            /** @description files of no known format */
                            aside: string[];
                            counts: {
                                [key: string]: number;
                            };
                            rejections: {
                                cause: string;
                                count: number;
                            }[];
                            songs: {
                                matched: number;
                                unsure: number;
                                unknown: number;
                            };
                            /** @description songs with several possible matches, waiting for an answer */
                            toReview: number;
                        } | null;
                        /** @description when it failed */
                        error: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            song: {
                                song: string;
                                title: string;
                                artists: string[];
                                album: string | null;
                                isrc: string | null;
                                mbid: string | null;
                                /** @description the catalogue does not know it */
                                own: boolean;
                                plays: number;
                                skips: number;
                                listenedMs: number;
                                firstAt: number | null;
                                lastAt: number | null;
                            };
                            candidates: {
                                song: string;
                                title: string;
                                artists: string[];
                                /** @description 0–1 */
                                confidence: number;
                            }[];
                        }[];
                        next: string | null;
                        open: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the song that is asked about */
                    own: string;
                    /** @description a song in the catalogue, or 'none' */
                    choose: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        open: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tried: number;
                        settled: number;
                        unsure: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                n?: number;
                model?: string;
                details?: boolean;
                /** @description 1 = only new songs, 0 = only rediscoveries */
                newness?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description names the list in feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        title: string;
                        /** @description model that answered */
                        model: string;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            score: number;
                            /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                            because: string[];
                            /** @description index into sections */
                            section?: number;
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score that this evidence brought, 0–1 */
                                share: number;
                                text: string;
                                tracks?: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                owners?: {
                                    id: string;
                                    title: string;
                                }[];
                                artists?: string[];
                            }[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris?: string[];
                        }[];
                        notes: string[];
                        sections?: {
                            label: string;
                            share: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                n?: number;
                every?: "day" | "week";
                model?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mixes: {
                            /** @description names the list in feedback events */
                            id: string;
                            /** @description for-you, mix, period, continue or clusters */
                            kind: string;
                            title: string;
                            /** @description model that answered */
                            model: string;
                            tracks: {
                                uri: string;
                                name: string;
                                artists: string[];
                                score: number;
                                /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                                because: string[];
                                /** @description index into sections */
                                section?: number;
                                reasons?: {
                                    /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                    kind: string;
                                    /** @description share of the score that this evidence brought, 0–1 */
                                    share: number;
                                    text: string;
                                    tracks?: {
                                        uri: string;
                                        name: string;
                                        artists: string[];
                                    }[];
                                    owners?: {
                                        id: string;
                                        title: string;
                                    }[];
                                    artists?: string[];
                                }[];
                                /** @description row in the catalogue, which is also its point on the taste map */
                                number?: number;
                                album?: string | null;
                                year?: number | null;
                                durationMs?: number | null;
                                popularity?: number | null;
                                explicit?: boolean | null;
                                genres?: string[];
                                /** @description audio features by name, null when missing */
                                features?: {
                                    [key: string]: number | null;
                                };
                                /** @description ids of the artists, as `exclude` takes them */
                                artistUris?: string[];
                            }[];
                            notes: string[];
                            sections?: {
                                label: string;
                                share: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                n?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description names the list in feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        title: string;
                        /** @description model that answered */
                        model: string;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            score: number;
                            /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                            because: string[];
                            /** @description index into sections */
                            section?: number;
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score that this evidence brought, 0–1 */
                                share: number;
                                text: string;
                                tracks?: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                owners?: {
                                    id: string;
                                    title: string;
                                }[];
                                artists?: string[];
                            }[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris?: string[];
                        }[];
                        notes: string[];
                        sections?: {
                            label: string;
                            share: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                n?: number;
                model?: string;
                details?: boolean;
                /** @description milliseconds since 1970 */
                from: number;
                /** @description milliseconds since 1970 */
                to: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description names the list in feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        title: string;
                        /** @description model that answered */
                        model: string;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            score: number;
                            /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                            because: string[];
                            /** @description index into sections */
                            section?: number;
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score that this evidence brought, 0–1 */
                                share: number;
                                text: string;
                                tracks?: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                owners?: {
                                    id: string;
                                    title: string;
                                }[];
                                artists?: string[];
                            }[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris?: string[];
                        }[];
                        notes: string[];
                        sections?: {
                            label: string;
                            share: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                n?: number;
                model?: string;
                details?: boolean;
            };
            header?: never;
            path: {
                id: string;
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description names the list in feedback events */
                        id: string;
                        /** @description for-you, mix, period, continue or clusters */
                        kind: string;
                        title: string;
                        /** @description model that answered */
                        model: string;
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            score: number;
                            /** @description reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence */
                            because: string[];
                            /** @description index into sections */
                            section?: number;
                            reasons?: {
                                /** @description playlists, songs, artists, title, genres, audio, era or popularity */
                                kind: string;
                                /** @description share of the score that this evidence brought, 0–1 */
                                share: number;
                                text: string;
                                tracks?: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                owners?: {
                                    id: string;
                                    title: string;
                                }[];
                                artists?: string[];
                            }[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number?: number;
                            album?: string | null;
                            year?: number | null;
                            durationMs?: number | null;
                            popularity?: number | null;
                            explicit?: boolean | null;
                            genres?: string[];
                            /** @description audio features by name, null when missing */
                            features?: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris?: string[];
                        }[];
                        notes: string[];
                        sections?: {
                            label: string;
                            share: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 */
                        fraction: number;
                        /** @description what is being done */
                        note: string;
                        /** @description when it is done */
                        report: {
                            /** @description moments at which the history was cut, milliseconds since 1970 */
                            cuts: number[];
                            newSongs: number;
                            repeatedSongs: number;
                            /** @description best first */
                            results: {
                                /** @description a model's id, same artists, most played, most played lately, or your blend */
                                name: string;
                                found: {
                                    mean: number;
                                    low: number;
                                    high: number;
                                } | null;
                                ndcg: {
                                    mean: number;
                                    low: number;
                                    high: number;
                                } | null;
                                again: {
                                    mean: number;
                                    low: number;
                                    high: number;
                                } | null;
                            }[];
                            /** @description what for-you uses from now on; null when the history is too short to choose */
                            blend: {
                                name: string;
                                weight: number;
                            }[] | null;
                        } | null;
                        /** @description when it failed */
                        error: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        timeZone: string;
                        plays: number;
                        listenedMs: number;
                        songs: number;
                        years: {
                            year: number;
                            plays: number;
                            listenedMs: number;
                            /** @description heard for the first time */
                            newSongs: number;
                            /** @description heard for the first time */
                            newArtists: number;
                            artists: {
                                name: string;
                                plays: number;
                            }[];
                            genres: {
                                name: string;
                                plays: number;
                            }[];
                            /** @description mean of the plays on the taste map */
                            taste: {
                                x: number;
                                y: number;
                                spread: number;
                            } | null;
                        }[];
                        /** @description 24, by hour of the day */
                        hours: number[];
                        /** @description 7, Monday first */
                        weekdays: number[];
                        artists: {
                            name: string;
                            plays: number;
                        }[];
                        genres: {
                            name: string;
                            plays: number;
                        }[];
                        topSongs: {
                            name: string;
                            plays: number;
                            song: string;
                            artists: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        experiments: {
                            id: string;
                            kind: "interleave" | "split";
                            /** @description id of a model */
                            a: string;
                            /** @description id of a model */
                            b: string;
                            /** @description milliseconds since 1970 */
                            startedAt: number;
                            /** @description null while it runs */
                            endedAt: number | null;
                            /** @description lists that were shown */
                            lists: number;
                            /** @description listeners they were shown to */
                            listeners: number;
                            /** @description songs played, liked or saved */
                            takenUp: {
                                a: number;
                                b: number;
                            };
                            /** @description two-sided p-value of a randomisation test */
                            p: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words of title, artists and album */
                q?: string;
                song?: string;
                /** @description milliseconds since 1970, inclusive */
                from?: number;
                /** @description exclusive */
                to?: number;
                /** @description the removed ones instead */
                removed?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            song: string;
                            title: string;
                            artists: string[];
                            album: string | null;
                            isrc: string | null;
                            mbid: string | null;
                            /** @description when it ended */
                            at: number;
                            msPlayed: number | null;
                            skipped: boolean;
                            source: string;
                            importId: string | null;
                            removedAt: number | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many changed */
                        plays: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many changed */
                        plays: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many changed */
                        plays: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words of title, artists and album */
                q?: string;
                order?: "most-played" | "last-played";
                /** @description true: only songs that the catalogue does not know */
                own?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            song: string;
                            title: string;
                            artists: string[];
                            album: string | null;
                            isrc: string | null;
                            mbid: string | null;
                            /** @description the catalogue does not know it */
                            own: boolean;
                            plays: number;
                            skips: number;
                            listenedMs: number;
                            firstAt: number | null;
                            lastAt: number | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words of title, artists and album */
                q?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            kind: "like" | "dislike";
                            song: {
                                song: string;
                                title: string;
                                artists: string[];
                                album: string | null;
                                isrc: string | null;
                                mbid: string | null;
                                /** @description the catalogue does not know it */
                                own: boolean;
                                plays: number;
                                skips: number;
                                listenedMs: number;
                                firstAt: number | null;
                                lastAt: number | null;
                            };
                            at: number;
                            source: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    songs: {
                        /** @description the catalogue's id of the song, or own:… for one it lacks */
                        song: string;
                        title?: string;
                        artists?: string[];
                        album?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many songs changed */
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many songs changed */
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words of title, artists and album */
                q?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            kind: "like" | "dislike";
                            song: {
                                song: string;
                                title: string;
                                artists: string[];
                                album: string | null;
                                isrc: string | null;
                                mbid: string | null;
                                /** @description the catalogue does not know it */
                                own: boolean;
                                plays: number;
                                skips: number;
                                listenedMs: number;
                                firstAt: number | null;
                                lastAt: number | null;
                            };
                            at: number;
                            source: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    songs: {
                        /** @description the catalogue's id of the song, or own:… for one it lacks */
                        song: string;
                        title?: string;
                        artists?: string[];
                        album?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many songs changed */
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many songs changed */
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bans: {
                            kind: "song" | "artist" | "genre";
                            target: string;
                            label: string;
                            at: number;
                            until: number | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: "song" | "artist" | "genre";
                    /** @description a song's id, an artist's URI or artist:<name>, or a genre */
                    target: string;
                    label?: string;
                    until?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: "song" | "artist" | "genre";
                        target: string;
                        label: string;
                        at: number;
                        until: number | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                kind: "song" | "artist" | "genre";
                target: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lifted: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                /** @description words of title, artists and album */
                q?: string;
                /** @description those in the bin instead */
                removed?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            description: string;
                            source: string;
                            createdAt: number;
                            updatedAt: number;
                            removedAt: number | null;
                            version: number;
                            length: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string;
                    songs: {
                        /** @description the catalogue's id of the song, or own:… for one it lacks */
                        song: string;
                        title?: string;
                        artists?: string[];
                        album?: string | null;
                    }[];
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
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        source: string;
                        createdAt: number;
                        updatedAt: number;
                        removedAt: number | null;
                        version: number;
                        length: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: {
                            id: string;
                            name: string;
                            description: string;
                            source: string;
                            createdAt: number;
                            updatedAt: number;
                            removedAt: number | null;
                            version: number;
                            length: number;
                        };
                        latest: {
                            version: number;
                            at: number;
                            recipe: {
                                /** @description the request that made the list */
                                request: {
                                    [key: string]: unknown;
                                };
                                model: string | null;
                                modelVersion: string | null;
                            } | null;
                            songs: {
                                song: string;
                                title: string;
                                artists: string[];
                            }[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                list: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string;
                    songs: {
                        /** @description the catalogue's id of the song, or own:… for one it lacks */
                        song: string;
                        title?: string;
                        artists?: string[];
                        album?: string | null;
                    }[];
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        source: string;
                        createdAt: number;
                        updatedAt: number;
                        removedAt: number | null;
                        version: number;
                        length: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                forGood?: boolean;
            };
            header?: never;
            path: {
                id: string;
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            version: number;
                            at: number;
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
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                list: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        at: number;
                        recipe: {
                            /** @description the request that made the list */
                            request: {
                                [key: string]: unknown;
                            };
                            model: string | null;
                            modelVersion: string | null;
                        } | null;
                        songs: {
                            song: string;
                            title: string;
                            artists: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                list: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        source: string;
                        createdAt: number;
                        updatedAt: number;
                        removedAt: number | null;
                        version: number;
                        length: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        source: string;
                        createdAt: number;
                        updatedAt: number;
                        removedAt: number | null;
                        version: number;
                        length: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    events: {
                        /** @description chosen by the sender, unique per listener: the same id counts once */
                        id: string;
                        listener: string;
                        kind: "play" | "skip" | "like" | "dislike" | "clear" | "ban" | "unban" | "save";
                        /** @description the catalogue's id of the song, or own:… for one it lacks */
                        song: string;
                        title?: string;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description events that were new */
                        recorded: number;
                        /** @description events that had been recorded before */
                        known: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                limit?: number;
                /** @description the `next` value of the previous page */
                after?: string;
                list?: string;
                kind?: "play" | "skip" | "like" | "dislike" | "clear" | "ban" | "unban" | "save";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            kind: string;
                            song: string;
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
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description chosen by the sender, unique per listener: the same id counts once */
                    id: string;
                    kind: "play" | "skip" | "like" | "dislike" | "clear" | "ban" | "unban" | "save";
                    /** @description the catalogue's id of the song, or own:… for one it lacks */
                    song: string;
                    title?: string;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description events that were new */
                        recorded: number;
                        /** @description events that had been recorded before */
                        known: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                n?: number;
                /** @description id of the last event seen, for clients that cannot set the header */
                after?: number;
            };
            header?: {
                /** @description id of the last event seen */
                "last-event-id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description changes when the points change */
                        version: string;
                        /** @description points; point i is the track with number i */
                        count: number;
                        /** @description how the layout was made */
                        method: string;
                        columns: {
                            /** @description x, y, cluster, genre, year, energy or popularity */
                            name: string;
                            type: "Float32" | "Uint8" | "Uint16" | "Int16";
                            /** @description byte offset in /api/map/points, a multiple of 8 */
                            offset: number;
                            meaning: string;
                        }[];
                        clusters: {
                            label: string;
                            count: number;
                        }[];
                        /** @description the genre column counts into this list; 255 = another or none */
                        genres: {
                            label: string;
                            count: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
                "application/json": {
                    numbers: number[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tracks: {
                            uri: string;
                            name: string;
                            artists: string[];
                            /** @description row in the catalogue, which is also its point on the taste map */
                            number: number;
                            album: string | null;
                            year: number | null;
                            durationMs: number | null;
                            popularity: number | null;
                            explicit: boolean | null;
                            genres: string[];
                            /** @description audio features by name, null when missing */
                            features: {
                                [key: string]: number | null;
                            };
                            /** @description ids of the artists, as `exclude` takes them */
                            artistUris: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        version: 1;
                        counts: {
                            tracks: number;
                            /** @description tracks, each song counted once whatever its versions */
                            songs: number;
                            artists: number;
                            albums: number;
                            genres: number;
                            playlists: number;
                            persons: number;
                            /** @description owner–track pairs */
                            entries: number;
                        };
                        /** @description how many tracks have each kind of information */
                        gaps: {
                            what: string;
                            known: number;
                            of: number;
                        }[];
                        features: {
                            id: string;
                            title: string;
                            /** @description empty for plain numbers */
                            unit: string;
                            meaning: string;
                            /** @description tracks with a value */
                            known: number;
                            mean: number | null;
                            median: number | null;
                            /** @description standard deviation */
                            deviation: number | null;
                            /** @description histogram; values are in [from, to), and the first and last bins also count everything beyond them */
                            bins: {
                                from: number;
                                to: number;
                                count: number;
                            }[];
                        }[];
                        correlations: {
                            names: string[];
                            /** @description Pearson's r, row by row; null where fewer than 3 tracks have both features */
                            values: (number | null)[];
                        };
                        /** @description years with at least five tracks */
                        byYear: {
                            year: number;
                            tracks: number;
                            /** @description mean of each feature, by feature id */
                            means: {
                                [key: string]: number | null;
                            };
                        }[];
                        /** @description the largest genres, largest first */
                        byGenre: {
                            genre: string;
                            tracks: number;
                            /** @description mean of each feature in standard deviations from the catalogue mean, by feature id */
                            means: {
                                [key: string]: number | null;
                            };
                        }[];
                        popularity: {
                            /** @description owners of the track at each rank; ranks are evenly spaced in their logarithm */
                            curve: {
                                rank: number;
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
                            from: number;
                            to: number;
                            count: number;
                        }[];
                        clusters: {
                            label: string;
                            tracks: number;
                        }[];
                        map: {
                            method: string;
                            /** @description a sample of the tracks */
                            points: {
                                x: number;
                                y: number;
                                cluster: number;
                                name: string;
                                artist: string;
                                year: number | null;
                            }[];
                        };
                        /** @description how often each cleaning rule applied */
                        cleaning: {
                            rule: string;
                            count: number;
                        }[];
                        rejections: {
                            source: string;
                            cause: string;
                            count: number;
                            firstAt: string;
                        }[];
                        sources: {
                            source: string;
                            licence: string;
                            files: number;
                            tracks: number;
                            owners: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        report: {
                            /** @enum {number} */
                            version: 1;
                            /** @description ISO 8601 */
                            createdAt: string;
                            protocol: {
                                id: string;
                                title: string;
                                description: string;
                                task: "ranking" | "ratings";
                                options: {
                                    [key: string]: unknown;
                                };
                                seed: number;
                                folds: number;
                                cases: number;
                            };
                            dataset: {
                                /** @description fingerprint of catalogue and interactions */
                                id: string;
                                sources: string[];
                                tracks: number;
                                owners: number;
                                entries: number;
                            };
                            cutoffs: number[];
                            headline: string[];
                            metrics: {
                                /** @description what values are filed under, e.g. "ndcg@20" */
                                key: string;
                                /** @description the metric, e.g. "ndcg" */
                                id: string;
                                /** @description null when the metric has none */
                                cutoff: number | null;
                                title: string;
                                description: string;
                                formula: string;
                                better: "higher" | "lower" | "neither";
                                /** @description e.g. "ms"; empty for plain numbers */
                                unit: string;
                            }[];
                            results: {
                                /** @description model id, or the name of a file of lists */
                                model: string;
                                title: string;
                                family: string;
                                config: {
                                    [key: string]: unknown;
                                };
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
                                groups: {
                                    /** @description scenario, seeds or taste */
                                    kind: string;
                                    /** @description e.g. "title + first 5", "6–25 seeds", "long-tail taste" */
                                    label: string;
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
                            comparisons: {
                                /** @description metric key */
                                metric: string;
                                a: string;
                                b: string;
                                /** @description mean of a − b over the cases that both define */
                                difference: number;
                                low: number;
                                high: number;
                                cases: number;
                                /** @description two-sided paired permutation test */
                                pPermutation: number;
                                /** @description two-sided paired t-test */
                                pT: number;
                                /** @description pPermutation corrected by Holm over all pairs of this metric */
                                pHolm: number;
                                verdict: "a better" | "b better" | "no difference";
                            }[];
                            examples: {
                                owner: string;
                                title: string;
                                scenario: string;
                                /** @description the first ten at most */
                                seeds: {
                                    uri: string;
                                    name: string;
                                    artists: string[];
                                }[];
                                seedCount: number;
                                truthCount: number;
                                lists: {
                                    model: string;
                                    tracks: {
                                        uri: string;
                                        name: string;
                                        artists: string[];
                                        hit: boolean;
                                    }[];
                                }[];
                            }[];
                            timing: {
                                totalSeconds: number;
                                /** @description spent on metrics, of the total */
                                metricsSeconds: number;
                                threads: number;
                                /** @description model × fold results taken from an earlier run */
                                cached: number;
                            };
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: {
                            id: string;
                            kind: string;
                            state: "running" | "done" | "failed" | "cancelled";
                            /** @description 0–1 of the whole job */
                            fraction: number;
                            /** @description the models that were asked for; left out where none were named */
                            models?: string[];
                            /** @description the model that is being worked on */
                            model: string | null;
                            /** @description what is being done */
                            note: string;
                            /** Format: date-time */
                            startedAt: string;
                            elapsedSeconds: number;
                            secondsLeft: number | null;
                            error: string | null;
                            /** @description code of the error, as in docs/errors.md */
                            code: string | null;
                            /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                            damaged?: {
                                /** @description the cause */
                                problem: string;
                                count: number;
                                /** @description the first 50, from the folder on */
                                files: string[];
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    kind: "train" | "evaluate";
                    /** @description model ids; every model that is on by default and usable when left out */
                    models?: string[];
                    /** @default 1 */
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
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 of the whole job */
                        fraction: number;
                        /** @description the models that were asked for; left out where none were named */
                        models?: string[];
                        /** @description the model that is being worked on */
                        model: string | null;
                        /** @description what is being done */
                        note: string;
                        /** Format: date-time */
                        startedAt: string;
                        elapsedSeconds: number;
                        secondsLeft: number | null;
                        error: string | null;
                        /** @description code of the error, as in docs/errors.md */
                        code: string | null;
                        /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            count: number;
                            /** @description the first 50, from the folder on */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 of the whole job */
                        fraction: number;
                        /** @description the models that were asked for; left out where none were named */
                        models?: string[];
                        /** @description the model that is being worked on */
                        model: string | null;
                        /** @description what is being done */
                        note: string;
                        /** Format: date-time */
                        startedAt: string;
                        elapsedSeconds: number;
                        secondsLeft: number | null;
                        error: string | null;
                        /** @description code of the error, as in docs/errors.md */
                        code: string | null;
                        /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            count: number;
                            /** @description the first 50, from the folder on */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "running" | "done" | "failed" | "cancelled";
                        /** @description 0–1 of the whole job */
                        fraction: number;
                        /** @description the models that were asked for; left out where none were named */
                        models?: string[];
                        /** @description the model that is being worked on */
                        model: string | null;
                        /** @description what is being done */
                        note: string;
                        /** Format: date-time */
                        startedAt: string;
                        elapsedSeconds: number;
                        secondsLeft: number | null;
                        error: string | null;
                        /** @description code of the error, as in docs/errors.md */
                        code: string | null;
                        /** @description of an analysis that is done: files that cannot be used, by cause, the most frequent first */
                        damaged?: {
                            /** @description the cause */
                            problem: string;
                            count: number;
                            /** @description the first 50, from the folder on */
                            files: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description Default Response */
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
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description true when the library has been read and has songs */
                        ok: boolean;
                        version: string;
                        uptimeSeconds: number;
                        library: {
                            catalogueId: string;
                            tracks: number;
                            owners: number;
                        } | null;
                        models: {
                            trained: string[];
                            loaded: string[];
                            default: string | null;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                        /** @description what is still being prepared: the library, the search index, the default model */
                        waitingFor: ("library" | "search" | "model")[];
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                        /** @description what is still being prepared: the library, the search index, the default model */
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            [key: string]: number;
                        };
                        steps: {
                            [key: string]: {
                                count: number;
                                totalMs: number;
                                p50Ms: number;
                                p99Ms: number;
                                maxMs: number;
                            };
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        services: {
                            id: string;
                            title: string;
                            description: string;
                            /** @description the sign-in is on the service's own page: see POST /api/connections/sign-in */
                            page: boolean;
                            /** @description the sign-in by code, where there is one: see POST /api/connections/code */
                            byCode: {
                                title: string;
                                /** @description settings that it needs no value for */
                                spares: string[];
                            } | null;
                            settings: {
                                name: string;
                                description: string;
                                secret: boolean;
                                required: boolean;
                            }[];
                        }[];
                        connections: {
                            id: string;
                            service: string;
                            title: string;
                            listener: string;
                            account: string;
                            /** @description what the server says it is */
                            server: string;
                            createdAt: number;
                            syncedAt: number | null;
                            /** @description why the last sync stopped, as a sentence */
                            problem: string | null;
                            songs: number;
                            /** @description of these, known to the catalogue from elsewhere */
                            matched: number;
                            /** @description songs that went away there */
                            gone: number;
                            /** @description the service allows its data as the query alone: disconnecting deletes it */
                            queryOnly: boolean;
                            /** @description all that it may contact */
                            hosts: {
                                origin: string;
                                why: string;
                            }[];
                            abilities: {
                                id: string;
                                /** @description goes on after "can" */
                                text: string;
                                able: boolean;
                                because: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    service: string;
                    /** @description id or name of a listener */
                    listener: string;
                    settings: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        service: string;
                        title: string;
                        listener: string;
                        account: string;
                        /** @description what the server says it is */
                        server: string;
                        createdAt: number;
                        syncedAt: number | null;
                        /** @description why the last sync stopped, as a sentence */
                        problem: string | null;
                        songs: number;
                        /** @description of these, known to the catalogue from elsewhere */
                        matched: number;
                        /** @description songs that went away there */
                        gone: number;
                        /** @description the service allows its data as the query alone: disconnecting deletes it */
                        queryOnly: boolean;
                        /** @description all that it may contact */
                        hosts: {
                            origin: string;
                            why: string;
                        }[];
                        abilities: {
                            id: string;
                            /** @description goes on after "can" */
                            text: string;
                            able: boolean;
                            because: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hosts: {
                            origin: string;
                            /** @description what for */
                            why: string[];
                            /** @description a connection that is switched on may contact it */
                            inUse: boolean;
                            /** @description 0 = not contacted yet */
                            requests: number;
                            firstAt: number | null;
                            lastAt: number | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                    service: string;
                    /** @description id or name of a listener */
                    listener: string;
                    settings: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problem: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                    service: string;
                    /** @description id or name of a listener */
                    listener: string;
                    settings: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description to show */
                        code: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                    id: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description its id; null until somebody confirms */
                        connection: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: "idle" | "running";
                        /** @description 0–1 of what is being read; null when nothing is, or when the service does not say how much there is */
                        fraction: number | null;
                        /** @description what it does; null when no sync runs */
                        note: string | null;
                        secondsLeft: number | null;
                        syncedAt: number | null;
                        problem: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: "idle" | "running";
                        /** @description 0–1 of what is being read; null when nothing is, or when the service does not say how much there is */
                        fraction: number | null;
                        /** @description what it does; null when no sync runs */
                        note: string | null;
                        secondsLeft: number | null;
                        syncedAt: number | null;
                        problem: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description names the list here */
                    key: string;
                    name: string;
                    comment?: string;
                    /** @description ids of songs of the catalogue */
                    songs: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        written: number;
                        /** @description songs that the service lacks */
                        missing: {
                            title: string;
                            artist: string;
                        }[];
                        /** @description the list's page there */
                        page: string | null;
                        /** @description what plays the list inside the app */
                        frame: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of songs of the catalogue */
                    songs: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        present: number;
                        /** @description songs that the service lacks */
                        missing: {
                            title: string;
                            artist: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ids of songs of the catalogue */
                    songs: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description songs without a known file are left out */
                        files: {
                            song: string;
                            /** @description absolute, or within the music folder of the server */
                            path: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
                /** @description the song's id in the catalogue, or on the server */
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    songCover: {
        parameters: {
            query?: {
                size?: number;
            };
            header?: never;
            path: {
                id: string;
                /** @description the song's id in the catalogue, or on the server */
                song: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    reportPlay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description the song's id in the catalogue, or on the server */
                song: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description when it began, seconds since 1970 */
                    at: number;
                    /** @description false: it plays now; true: it counts as played */
                    finished: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tokens: {
                            id: string;
                            listener: string;
                            name: string;
                            /** @description read: read the catalogue and your own data, and get recommendations; write: change your own data: likes, bans, lists, settings, imports, connections; events: send plays and other events, and follow them live; household: send events and get recommendations for everyone here, as a music server does (administrators); admin: import, train and manage (administrators) */
                            scopes: ("read" | "write" | "events" | "household" | "admin")[];
                            /** @description milliseconds since 1970 */
                            createdAt: number;
                            /** @description when it was last used, milliseconds since 1970; null = never */
                            usedAt: number | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                "application/json": {
                    /** @description id or name of a listener */
                    listener: string;
                    /** @description what it is for */
                    name: string;
                    /** @description read: read the catalogue and your own data, and get recommendations; write: change your own data: likes, bans, lists, settings, imports, connections; events: send plays and other events, and follow them live; household: send events and get recommendations for everyone here, as a music server does (administrators); admin: import, train and manage (administrators) */
                    scopes?: ("read" | "write" | "events" | "household" | "admin")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        token: string;
                        listener: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null when it is switched off */
                        weekly: {
                            /** @description the mixes of the week */
                            mixes: boolean;
                            /** @description ids of saved lists */
                            lists: string[];
                            state: "waiting" | "due" | "writing";
                            /** @description the next Monday, in the listener's time zone; null while this week's lists are due */
                            next: string | null;
                            /** @description when this week was finished, milliseconds since 1970 */
                            writtenAt: number | null;
                            /** @description when it is tried again, milliseconds since 1970 */
                            retryAt: number | null;
                            /** @description why the last try stopped, as a sentence */
                            problem: string | null;
                            written: {
                                key: string;
                                name: string;
                                /** @description songs that are there; null = not yet */
                                written: number | null;
                                missing: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the mixes of the week */
                    mixes: boolean;
                    /** @description ids of saved lists */
                    lists: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null when it is switched off */
                        weekly: {
                            /** @description the mixes of the week */
                            mixes: boolean;
                            /** @description ids of saved lists */
                            lists: string[];
                            state: "waiting" | "due" | "writing";
                            /** @description the next Monday, in the listener's time zone; null while this week's lists are due */
                            next: string | null;
                            /** @description when this week was finished, milliseconds since 1970 */
                            writtenAt: number | null;
                            /** @description when it is tried again, milliseconds since 1970 */
                            retryAt: number | null;
                            /** @description why the last try stopped, as a sentence */
                            problem: string | null;
                            written: {
                                key: string;
                                name: string;
                                /** @description songs that are there; null = not yet */
                                written: number | null;
                                missing: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null when it is switched off */
                        weekly: {
                            /** @description the mixes of the week */
                            mixes: boolean;
                            /** @description ids of saved lists */
                            lists: string[];
                            state: "waiting" | "due" | "writing";
                            /** @description the next Monday, in the listener's time zone; null while this week's lists are due */
                            next: string | null;
                            /** @description when this week was finished, milliseconds since 1970 */
                            writtenAt: number | null;
                            /** @description when it is tried again, milliseconds since 1970 */
                            retryAt: number | null;
                            /** @description why the last try stopped, as a sentence */
                            problem: string | null;
                            written: {
                                key: string;
                                name: string;
                                /** @description songs that are there; null = not yet */
                                written: number | null;
                                missing: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                question: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    name?: string;
                    artist?: string;
                    album?: string;
                    mbid?: string;
                    count?: number;
                    limit?: number;
                    song?: {
                        id?: string;
                        name?: string;
                        artist?: string;
                        album?: string;
                        mbid?: string;
                        isrc?: string;
                        artists?: {
                            id?: string;
                            name?: string;
                            mbid?: string;
                        }[];
                    };
                    startSong?: {
                        id?: string;
                        name?: string;
                        artist?: string;
                        album?: string;
                        mbid?: string;
                        isrc?: string;
                        artists?: {
                            id?: string;
                            name?: string;
                            mbid?: string;
                        }[];
                    };
                    endSong?: {
                        id?: string;
                        name?: string;
                        artist?: string;
                        album?: string;
                        mbid?: string;
                        isrc?: string;
                        artists?: {
                            id?: string;
                            name?: string;
                            mbid?: string;
                        }[];
                    };
                    username?: string;
                    track?: {
                        id?: string;
                        title?: string;
                        album?: string;
                        artist?: string;
                        artists?: {
                            id?: string;
                            name?: string;
                            mbid?: string;
                        }[];
                        duration?: number;
                        mbzRecordingId?: string;
                    };
                    timestamp?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
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
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
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
                name: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        file: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a code of docs/errors.md */
                            code: string;
                            /** @description one or two sentences for people */
                            message: string;
                            got: string;
                            expected: string | null;
                            remedy: string | null;
                            suggestions: string[];
                        };
                    };
                };
            };
        };
    };
}
