namespace MiniRun.Runtime.Spec.Reading;

/// <summary>One level of nesting: an object, with where its current member's name stands in the document, or a list, with its current item's index.</summary>
internal readonly record struct PathFrame(bool IsList, int FirstName)
{
    public int NameStart { get; init; }

    public int NameLength { get; init; }

    public int Index { get; init; } = -1;
}
