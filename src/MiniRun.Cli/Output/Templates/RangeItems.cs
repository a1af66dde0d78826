using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates;

/// <summary>What "range" goes through.</summary>
internal static class RangeItems
{
    /// <summary>Elements with their index, members with their name in sorted order, numbers from zero. Null where the value has none.</summary>
    internal static IEnumerable<(TemplateValue Key, TemplateValue Item)>? Of(TemplateValue value) => value switch
    {
        TemplateValue.List list => list.Items.Select((item, index) => ((TemplateValue)Number(index), item)),
        TemplateValue.Map map => Members(map),
        TemplateValue.Row row => Members(row.ToMap()),
        TemplateValue.Integer count => Numbers(count.Value),
        TemplateValue.Nothing => [],
        _ => null,
    };

    private static IEnumerable<(TemplateValue Key, TemplateValue Item)> Members(TemplateValue.Map map) =>
        map.Sorted().Select(member => ((TemplateValue)new TemplateValue.Text(member.Key), member.Value));

    private static IEnumerable<(TemplateValue Key, TemplateValue Item)> Numbers(Int128 count)
    {
        for (Int128 i = 0; i < count; i++)
        {
            yield return (Number(i), Number(i));
        }
    }

    private static TemplateValue.Integer Number(Int128 value) => new(value);
}
