using System.Text;

namespace MiniRun.Engine.Build.Stages;

/// <summary>Parts of history entries in docker's form.</summary>
internal static class HistoryText
{
    /// <summary>Words as docker prints a list of quoted ones: ["a" "b"].</summary>
    internal static string List(IReadOnlyList<string> words)
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < words.Count; i++)
        {
            text.Append(i > 0 ? " \"" : "\"").Append(words[i].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.Append(']').ToString();
    }
}
