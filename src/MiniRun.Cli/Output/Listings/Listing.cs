using MiniRun.Cli.Output.Templates;
using MiniRun.Cli.Output.Templates.Values;
using MiniRun.Linux;

namespace MiniRun.Cli.Output.Listings;

/// <summary>A kind of listing: what it can say, and what it says unless told otherwise. All of --format is done here.</summary>
internal sealed record Listing<T>
{
    /// <summary>What is listed, in one word of errors: "container".</summary>
    internal required string Item { get; init; }

    internal required IReadOnlyList<Field<T>> Fields { get; init; }

    /// <summary>Fields that take a text: {{.Label "key"}}.</summary>
    internal IReadOnlyDictionary<string, Func<T, string, string>> Methods { get; init; } = new Dictionary<string, Func<T, string, string>>();

    /// <summary>The names of the table's columns where no template chooses them.</summary>
    internal required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The lines for the things.</summary>
    /// <param name="onScreen">See <see cref="Template.Parse"/>.</param>
    /// <exception cref="TemplateException">The format is no template, or asks for what there is not.</exception>
    internal string Text(IReadOnlyList<T> things, ListingFormat format, bool onScreen = false)
    {
        Template template = Template.Parse(format.Template ?? DefaultTemplate(), onScreen);
        List<string> lines = things.Select(thing => $"{template.Print(RowOf(thing, format.IsTable ? OneLine.Of : static text => text))}\n").ToList();
        return format.IsTable ? TextTable.Of([template.PrintHeader(Header()), .. lines]) : string.Concat(lines);
    }

    private string DefaultTemplate() => string.Join('\t', Columns.Select(column => $"{{{{.{column}}}}}"));

    /// <param name="cell">What becomes of each text: in a table line ends and tabs would make rows and columns.</param>
    private TemplateValue.Row RowOf(T thing, Func<string, string> cell) => new(
        Item,
        Sorted(field => () => cell(field.Text(thing))),
        Methods.ToDictionary(method => method.Key, method => new Func<string, string>(argument => cell(method.Value(thing, argument))), StringComparer.Ordinal));

    private TemplateValue.Row Header() => new(
        Item,
        Sorted(field => () => field.Header),
        Methods.ToDictionary(method => method.Key, _ => new Func<string, string>(LastPart), StringComparer.Ordinal));

    private SortedDictionary<string, Func<string>> Sorted(Func<Field<T>, Func<string>> text) =>
        new(Fields.ToDictionary(field => field.Name, text), StringComparer.Ordinal);

    /// <summary>A label's column is headed by the last part of the label's name, as docker has it.</summary>
    private static string LastPart(string label) => label[(label.LastIndexOf('.') + 1)..].Replace('-', ' ').Replace('_', ' ');
}
