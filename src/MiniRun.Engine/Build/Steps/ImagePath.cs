namespace MiniRun.Engine.Build.Steps;

/// <summary>Paths of an image as its configuration has them: absolute, and without "." and "..".</summary>
internal static class ImagePath
{
    /// <param name="path">Absolute, or relative to the working directory.</param>
    internal static string Of(string path, string workingDirectory)
    {
        List<string> parts = [];
        foreach (string part in (path.StartsWith('/') ? path : $"{workingDirectory}/{path}").Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }
}
