namespace MiniRun.Engine.Options;

/// <summary>The words for mount propagation, mount(8).</summary>
internal static class Propagation
{
    internal static bool IsWord(string word) => word is "private" or "rprivate" or "shared" or "rshared" or "slave" or "rslave";
}
