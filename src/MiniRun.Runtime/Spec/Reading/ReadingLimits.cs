namespace MiniRun.Runtime.Spec.Reading;

/// <summary>What a document may hold at most, so that a hostile one ends soon. Real ones have some 40 KiB and 3,000 values.</summary>
internal static class ReadingLimits
{
    /// <summary>Bytes of a document: 16 MiB.</summary>
    public const int Size = 16 << 20;

    /// <summary>Objects and lists inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Bytes of one text as written: what the kernel takes for one argument or variable (MAX_ARG_STRLEN, with its NUL).</summary>
    public const int Text = (128 << 10) - 1;

    /// <summary>Members of one object.</summary>
    public const int Members = 4096;

    /// <summary>Items of one list.</summary>
    public const int Items = 65536;

    /// <summary>Members and items of the whole document, as far as it is looked at.</summary>
    public const int Values = 262144;
}
