using System.Text;
using System.Text.Json;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>The exec form: arguments as a JSON array of texts. What is not one is the shell form, as docker falls back.</summary>
internal static class JsonForm
{
    // An argument list longer than the kernel takes (ARG_MAX) cannot be executed.
    private const int MaxLength = 2 << 20;

    /// <summary>The array's texts, or null where the word is no JSON array.</summary>
    /// <exception cref="DockerfileException">It is an array of something else.</exception>
    internal static List<SourceWord>? TryRead(SourceText source, SourceWord word)
    {
        if (!word.Text.StartsWith('[') || word.Text.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return Read(source, word);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // The latter of an escaped half of a character, "\ud800".
            return null;
        }
    }

    private static List<SourceWord> Read(SourceText source, SourceWord word)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(word.Text));
        List<SourceWord> texts = [];
        bool onlyTexts = true;
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(new SourceWord(reader.GetString()!, word.Offset));
            }
            else if (reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth != 0)
            {
                onlyTexts = false;
            }
        }

        return onlyTexts ? texts : throw source.Error(word, "when using JSON array syntax, arrays must be comprised of strings only");
    }
}
