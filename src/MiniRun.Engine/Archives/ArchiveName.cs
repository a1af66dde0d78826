namespace MiniRun.Engine.Archives;

/// <summary>Names of files in an archive: only compared with each other, never used as paths.</summary>
internal static class ArchiveName
{
    /// <summary>Without ".", empty parts and what ".." takes away.</summary>
    internal static string Normalized(string name)
    {
        List<string> parts = [];
        foreach (string part in name.Split('/'))
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

    /// <summary>What a link of this name points to.</summary>
    internal static string Relative(string name, string target)
    {
        int slash = name.LastIndexOf('/');
        return Normalized(target.StartsWith('/') || slash < 0 ? target : $"{name[..slash]}/{target}");
    }
}
