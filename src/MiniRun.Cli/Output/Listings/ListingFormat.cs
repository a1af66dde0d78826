using System.CommandLine;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Output.Listings;

/// <summary>How a listing is printed.</summary>
/// <param name="IsTable">Whether its columns are aligned under a header.</param>
/// <param name="Template">The template of a line; null for the columns that the listing has without one.</param>
internal sealed record ListingFormat(bool IsTable, string? Template)
{
    private const string TableWord = "table";

    internal static Option<string?> Option() =>
        Value("--format", "FORMAT", "table, json (an object a line), a Go template for each line, or 'table TEMPLATE' with \\t between columns");

    /// <summary>Reads --format, null for an absent one.</summary>
    /// <param name="quiet">Whether ids alone are asked for, which takes the place of the plain table.</param>
    internal static ListingFormat Of(string? format, bool quiet = false) => format switch
    {
        null or "" or TableWord when quiet => new ListingFormat(IsTable: false, "{{.ID}}"),
        null or "" or TableWord => new ListingFormat(IsTable: true, null),
        "json" => new ListingFormat(IsTable: false, "{{json .}}"),
        _ when format.StartsWith(TableWord, StringComparison.Ordinal) => new ListingFormat(IsTable: true, Unescaped(format[TableWord.Length..])),
        _ => new ListingFormat(IsTable: false, Unescaped(format)),
    };

    /// <summary>A shell's quotes leave \t and \n as two characters.</summary>
    private static string Unescaped(string template) =>
        template.Trim(' ').Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
}
