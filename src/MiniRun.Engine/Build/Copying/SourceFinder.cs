using System.Text;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Finds what a source of COPY or ADD names: a path, or all paths that fit a pattern.</summary>
public sealed class SourceFinder(CopySource source)
{
    // A pattern over a tree of generated files; more would not fit a command either.
    private const int MostMatches = 100_000;

    /// <summary>Opens what a source's text names, in the order of the names.</summary>
    /// <exception cref="MiniRunException">There is nothing, or it is ignored, or the pattern is not complete.</exception>
    public IReadOnlyList<Place> Find(string text)
    {
        List<string> paths = Matches(text);
        List<Place> places = [];
        try
        {
            foreach (string path in paths)
            {
                places.Add(Open(path) ?? throw NotFound(text));
            }
        }
        catch
        {
            places.ForEach(place => place.Dispose());
            throw;
        }

        return places;
    }

    private Place? Open(string path)
    {
        Place place;
        try
        {
            place = RootedWalk.Follow(source.Root, path);
        }
        catch (SyscallException missing) when (missing.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return null;
        }

        // A link in the context is followed, so it is the file behind it that may be ignored.
        bool ignored = place.Path.Length > 0 && source.Ignore.Excludes(place.Path) && !(place.IsFolder && source.Ignore.HasExceptions);
        if (!ignored && (place.IsFolder || place.Existing is not null))
        {
            return place;
        }

        place.Dispose();
        return null;
    }

    private List<string> Matches(string text)
    {
        List<string> found = [""];
        foreach (string part in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            List<string> next = [];
            foreach (string folder in found)
            {
                if (!GlobPattern.IsPattern(part))
                {
                    next.Add(folder.Length == 0 ? part : $"{folder}/{part}");
                    continue;
                }

                AddMatches(folder, part, text, next);
            }

            found = next.Count <= MostMatches ? next : throw new MiniRunException($"{text} fits more than {MostMatches} files of {source.Name}");
        }

        return found.Count > 0 ? found : throw NotFound(text);
    }

    private void AddMatches(string folder, string part, string text, List<string> matches)
    {
        GlobPattern pattern = GlobPattern.TryOfPath(part) ?? throw new MiniRunException($"syntax error in pattern: {text}");
        using Place? place = Open(folder);
        if (place is not { IsFolder: true })
        {
            return;
        }

        List<string> names = [];
        foreach (byte[] name in HostDirectory.ListBytes(place.Folder, folder))
        {
            string entry = Encoding.UTF8.GetString(name);
            string path = folder.Length == 0 ? entry : $"{folder}/{entry}";
            if (pattern.Matches(entry) && (source.Ignore.HasExceptions || !source.Ignore.Excludes(path)))
            {
                names.Add(path);
            }
        }

        names.Sort(StringComparer.Ordinal);
        matches.AddRange(names);
    }

    private MiniRunException NotFound(string text) =>
        new($"\"{text}\": not found in {source.Name}{(ReferenceEquals(source.Ignore, IgnoreRules.None) ? "" : ", or left out by .dockerignore")}");
}
