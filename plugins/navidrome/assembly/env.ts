/** Extism's host functions for a plugin: blocks of host memory, by offset. */

@external("extism:host/env", "input_length") export declare function inputLength(): u64;
@external("extism:host/env", "input_load_u8") export declare function inputByte(at: u64): u32;
@external("extism:host/env", "alloc") export declare function alloc(length: u64): u64;
@external("extism:host/env", "length") export declare function lengthOf(block: u64): u64;
@external("extism:host/env", "load_u8") export declare function loadByte(at: u64): u32;
@external("extism:host/env", "store_u8") export declare function storeByte(at: u64, value: u32): void;
@external("extism:host/env", "output_set") export declare function setOutput(block: u64, length: u64): void;
@external("extism:host/env", "error_set") export declare function setError(block: u64): void;
@external("extism:host/env", "config_get") export declare function config(name: u64): u64;
/** Navidrome's HTTP function: request and response as JSON, with bodies in base64. */
@external("extism:host/user", "http_send") export declare function httpSend(request: u64): u64;
