namespace MiniRun.Engine.Layers.Tar;

/// <summary>What an entry of a tar archive is. The type flags of several dialects come down to these.</summary>
internal enum TarEntryKind
{
    File,
    HardLink,
    SymbolicLink,
    CharacterDevice,
    BlockDevice,
    Directory,
    Fifo,
}
