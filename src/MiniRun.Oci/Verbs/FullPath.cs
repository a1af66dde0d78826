namespace MiniRun.Oci.Verbs;

/// <summary>Paths of the command line, made absolute.</summary>
internal static class FullPath
{
    public static string Of(string path) => path.StartsWith('/') ? path : $"{Environment.CurrentDirectory}/{path}";
}
