namespace MiniRun.Oci.Verbs;

/// <summary>Paths of the command line, made absolute, without "." and "..", as `state` shows them.</summary>
internal static class FullPath
{
    public static string Of(string path) => Path.GetFullPath(path);
}
