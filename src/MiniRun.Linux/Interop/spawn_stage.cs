namespace MiniRun.Linux.Interop;

/// <summary>enum spawn_stage of native-shims/spawn/spawn.h: how far a new process came.</summary>
internal enum spawn_stage
{
    SPAWN_DONE = 0,
    SPAWN_CLONE = 1,
    SPAWN_CAPABILITIES = 2,
    SPAWN_DESCRIPTORS = 3,
    SPAWN_EXEC = 4,
}
