namespace MiniRun.Engine.Copies;

/// <summary>
/// Paths as docker takes them apart: by their text alone, as Go's path/filepath does, but a "/" or "/." at the end is kept, because
/// it says that a folder is meant, or what is in it. Pure.
/// </summary>
public static class CopyPath
{
    /// <summary>Without ".", empty components and, as far as they have something to take away, ".."; never with a "/" at the end, but for "/".</summary>
    public static string Clean(string path)
    {
        bool absolute = path.StartsWith('/');
        List<string> kept = [];
        foreach (string component in path.Split('/'))
        {
            if (component is "" or ".")
            {
                continue;
            }

            if (component != "..")
            {
                kept.Add(component);
            }
            else if (kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (!absolute)
            {
                kept.Add("..");
            }
        }

        string joined = string.Join('/', kept);
        return absolute ? "/" + joined : joined.Length > 0 ? joined : ".";
    }

    /// <summary>A path below a folder, absolute and clean, with the end it was written with.</summary>
    public static string Absolute(string folder, string path)
    {
        string clean = Clean(path.StartsWith('/') ? path : $"{folder}/{path}");
        return WithEndOf(clean, path);
    }

    /// <summary>A path inside a container: relative ones begin at its root.</summary>
    public static string Inside(string path) => WithEndOf(Clean("/" + path), path);

    /// <summary>Whether a path says by its end that it is a folder.</summary>
    public static bool AssertsFolder(string path) => path.EndsWith('/') || MeansContents(path);

    /// <summary>Whether a path means what is in a folder: "." at its end.</summary>
    public static bool MeansContents(string path) => path == "." || path.EndsWith("/.", StringComparison.Ordinal);

    /// <summary>The last component; "." where the contents of a folder are meant, and of "/".</summary>
    public static string Base(string path)
    {
        string clean = Clean(path);
        return MeansContents(path) || clean == "/" ? "." : clean[(clean.LastIndexOf('/') + 1)..];
    }

    /// <summary>The folder that has the last component; a folder whose contents are meant itself.</summary>
    public static string Folder(string path)
    {
        string clean = Clean(path);
        int slash = clean.LastIndexOf('/');
        return MeansContents(path) ? clean : slash < 0 ? "." : slash == 0 ? "/" : clean[..slash];
    }

    private static string WithEndOf(string clean, string written)
    {
        string slash = clean.EndsWith('/') ? "" : "/";
        if (MeansContents(written) && clean != ".")
        {
            return clean + slash + ".";
        }

        return written.EndsWith('/') ? clean + slash : clean;
    }
}
