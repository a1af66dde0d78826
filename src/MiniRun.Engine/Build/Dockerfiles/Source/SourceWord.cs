namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>A word of a Dockerfile as it was written, quotes and variables included, and where it begins in the file's text.</summary>
public readonly record struct SourceWord(string Text, int Offset)
{
    public override string ToString() => Text;
}
