namespace MiniRun.Engine.Images.Names;

/// <summary>Paths as text, of images and of archives; the kernel is asked for none of them.</summary>
internal static class SlashPath
{
    /// <summary>Without a "/" at either end, empty parts, ".", and what ".." takes away.</summary>
    internal static string Normalized(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/'))
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

        return string.Join('/', parts);
    }
}
