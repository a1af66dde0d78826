using System.Text.Json;
using MiniRun.Linux;

namespace MiniRun.Engine.Images;

/// <summary>Reads image.json: the "config" object of an OCI image, alone. Unknown keys are skipped, wrong types are errors.</summary>
public static class ImageConfigReader
{
    /// <summary>The largest image.json read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    /// <summary>Reads a configuration; <paramref name="file"/> is its name for errors.</summary>
    /// <exception cref="MiniRunException">It is no JSON, or a field has another type than the image specification gives it.</exception>
    public static ImageConfig Read(ReadOnlySpan<byte> json, string file)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        try
        {
            return ReadObject(ref reader);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how Utf8JsonReader refuses a value of another type.
            throw new MiniRunException($"{file} is not an image configuration: {problem.Message}", problem);
        }
    }

    private static ImageConfig ReadObject(ref Utf8JsonReader reader)
    {
        var config = new ImageConfig();
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "an object is expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "Env": config = config with { Env = ReadTexts(ref reader) }; break;
                case "Entrypoint": config = config with { Entrypoint = ReadTexts(ref reader) }; break;
                case "Cmd": config = config with { Cmd = ReadTexts(ref reader) }; break;
                case "WorkingDir": config = config with { WorkingDir = reader.GetString() ?? "" }; break;
                case "User": config = config with { User = reader.GetString() ?? "" }; break;
                default: reader.Skip(); break;
            }
        }

        return config;
    }

    private static List<string> ReadTexts(ref Utf8JsonReader reader)
    {
        List<string> texts = [];
        if (reader.TokenType == JsonTokenType.Null)
        {
            return texts;
        }

        Expect(reader.TokenType == JsonTokenType.StartArray, "an array is expected");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.GetString() ?? throw new JsonException("null in an array of texts"));
        }

        return texts;
    }

    private static void Expect(bool condition, string message)
    {
        if (!condition)
        {
            throw new JsonException(message);
        }
    }
}
