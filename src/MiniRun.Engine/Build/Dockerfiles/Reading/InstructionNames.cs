namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>The instructions' names, and which one a misspelt word was to be.</summary>
internal static class InstructionNames
{
    private const int MostEdits = 2;

    private static readonly string[] s_all =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL",
        "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ];

    /// <summary>" (did you mean X?)", or "" where nothing is near.</summary>
    internal static string Suggestion(string word)
    {
        string nearest = "";
        int least = Math.Min(MostEdits, word.Length - 1) + 1;
        foreach (string name in s_all)
        {
            int edits = Math.Abs(name.Length - word.Length) > MostEdits ? least : Edits(name, word);
            if (edits < least)
            {
                least = edits;
                nearest = name;
            }
        }

        return nearest.Length == 0 ? "" : $" (did you mean {nearest}?)";
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string left, string right)
    {
        int[] row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
