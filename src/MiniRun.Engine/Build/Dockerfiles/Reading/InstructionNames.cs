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
        int least = Math.Min(MostEdits, word.Length / 3) + 1;
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

    /// <summary>How many letters are added, left out, replaced or exchanged with their neighbour.</summary>
    private static int Edits(string left, string right)
    {
        int[][] edits = new int[left.Length + 1][];
        for (int i = 0; i <= left.Length; i++)
        {
            edits[i] = new int[right.Length + 1];
            for (int j = 0; j <= right.Length; j++)
            {
                edits[i][j] = i == 0 || j == 0 ? i + j : Least(i, j);
            }
        }

        return edits[left.Length][right.Length];

        int Least(int i, int j)
        {
            int replaced = edits[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            int least = Math.Min(Math.Min(edits[i - 1][j], edits[i][j - 1]) + 1, replaced);
            bool exchanged = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            return exchanged ? Math.Min(least, edits[i - 2][j - 2] + 1) : least;
        }
    }
}
