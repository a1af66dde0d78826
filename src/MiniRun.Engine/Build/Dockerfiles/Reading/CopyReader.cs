using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>COPY and ADD: flags, sources and a destination, as words or as a JSON array.</summary>
internal static class CopyReader
{
    private static readonly (string, string)[] s_buildKitOnly =
    [
        ("link", "the copy is always made on top of the stage; leave the flag out, the files are the same"),
        ("parents", "name the folders in the destination"),
        ("exclude", "list the paths in .dockerignore"),
    ];

    internal static CopyInstruction ReadCopy(InstructionLine line)
    {
        line.Flags.RefuseBuildKit(s_buildKitOnly);
        SourceWord? from = line.Flags.Take("from");
        CopyOperands operands = Operands(line);
        return from is not null && operands.Heredocs.Count > 0
            ? throw line.Source.Error(from.Value, "COPY --from cannot be used with a heredoc")
            : new CopyInstruction { Offset = line.Offset, Original = line.Original, Operands = operands, From = from };
    }

    internal static AddInstruction ReadAdd(InstructionLine line)
    {
        line.Flags.RefuseBuildKit(s_buildKitOnly);
        line.Flags.RefuseBuildKit(
            ("checksum", "fetch the file with RUN and check it there (sha256sum -c)"),
            ("keep-git-dir", "minirun does not clone git repositories; clone into the context first"),
            ("unpack", "archives of the context are unpacked, fetched ones are not"));
        CopyOperands operands = Operands(line);
        foreach (SourceWord source in operands.Sources)
        {
            if (IsGit(source.Text))
            {
                throw line.Source.Error(source, $"ADD of a git repository is not supported: clone {source} into the context first");
            }
        }

        return new AddInstruction { Offset = line.Offset, Original = line.Original, Operands = operands };
    }

    private static CopyOperands Operands(InstructionLine line)
    {
        SourceWord? owner = line.Flags.Take("chown");
        SourceWord? mode = line.Flags.Take("chmod");
        List<SourceWord>? json = line.Json();
        List<SourceWord> words = json ?? line.AtBlanks();
        if (words.Count < 2)
        {
            string missing = words.Count == 0 ? "none was" : "only one was";
            throw line.Error($"{line.Keyword} requires at least two arguments, but {missing} provided. Destination could not be determined");
        }

        List<Heredoc> heredocs = json is null ? line.Heredocs() : [];
        CheckNames(line, heredocs, words);
        List<SourceWord> sources = words[..^1];
        if (heredocs.Count > 0)
        {
            sources.RemoveAll(word => HeredocReader.TryParse(word.Text, out _));
        }

        return new CopyOperands { Sources = sources, Destination = words[^1], Owner = owner, Mode = mode, Heredocs = heredocs };
    }

    /// <summary>A here-document's name becomes a file's: as a path it would lead through links of the image, and out of it.</summary>
    private static void CheckNames(InstructionLine line, List<Heredoc> heredocs, List<SourceWord> words)
    {
        foreach (Heredoc heredoc in heredocs)
        {
            if (heredoc.Name is "." or ".." || heredoc.Name.AsSpan().ContainsAny('/', '\0'))
            {
                SourceWord word = words.Find(word => HeredocReader.TryParse(word.Text, out Heredoc? written) && written!.Name == heredoc.Name);
                throw line.Source.Error(word.Text is null ? line.Offset : word.Offset, $"{line.Keyword} <<{heredoc.Name}: the name of a here-document is that of the file, without a folder: name that in the destination");
            }
        }
    }

    private static bool IsGit(string source) =>
        source.StartsWith("git://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal) || source.StartsWith("ssh://", StringComparison.Ordinal)
        || (source.StartsWith("http", StringComparison.Ordinal) && source.Split('#')[0].EndsWith(".git", StringComparison.Ordinal));
}
