namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>What a template works on: JSON values, and the rows of listings.</summary>
internal abstract record TemplateValue
{
    /// <summary>What a key that a map has not gives.</summary>
    internal static readonly TemplateValue Missing = new Nothing("<no value>");

    internal static readonly TemplateValue Nil = new Nothing("<nil>");

    /// <summary>Whether an "if" takes it for true: all but false, zero and what is empty.</summary>
    internal virtual bool IsTrue => true;

    /// <summary>Go's name of its type, for errors.</summary>
    internal abstract string TypeName { get; }

    /// <summary>No value: JSON's null, or an absent one.</summary>
    /// <param name="Printed">What it prints as: docker's null lists are "[]", null maps "map[]" and null objects "&lt;nil&gt;".</param>
    internal sealed record Nothing(string Printed) : TemplateValue
    {
        internal override bool IsTrue => false;

        internal override string TypeName => "<nil>";

        /// <summary>Whether it counts as a list or map without elements.</summary>
        internal bool IsEmptyCollection => Printed is not ("<nil>" or "<no value>");
    }

    internal sealed record Boolean(bool Value) : TemplateValue
    {
        internal override bool IsTrue => Value;

        internal override string TypeName => "bool";
    }

    /// <summary>A whole number; wide enough for the signed and unsigned ones of 64 bits.</summary>
    internal sealed record Integer(Int128 Value) : TemplateValue
    {
        internal override bool IsTrue => Value != 0;

        internal override string TypeName => "int";
    }

    internal sealed record Fraction(double Value) : TemplateValue
    {
        internal override bool IsTrue => Value != 0;

        internal override string TypeName => "float64";
    }

    internal sealed record Text(string Value) : TemplateValue
    {
        internal override bool IsTrue => Value.Length > 0;

        internal override string TypeName => "string";
    }

    internal sealed record List(IReadOnlyList<TemplateValue> Items) : TemplateValue
    {
        internal override bool IsTrue => Items.Count > 0;

        internal override string TypeName => "[]interface {}";
    }

    /// <summary>Values by name: a Go map or struct.</summary>
    internal sealed record Map(IReadOnlyList<KeyValuePair<string, TemplateValue>> Members) : TemplateValue
    {
        /// <summary>Whether docker has a struct here: a name it has not is then an error, and it prints without names.</summary>
        internal bool IsStruct { get; init; }

        /// <summary>Members that may be left out of the JSON, and what they are then.</summary>
        internal Func<string, TemplateValue?> Omitted { get; init; } = _ => null;

        /// <summary>What `index` gives for a key that is not there: the empty one of what the map holds.</summary>
        internal TemplateValue Absent => Members is [(_, List), ..] ? new Nothing("[]") : Members is [(_, Map), ..] ? Nil : new Text("");

        internal override bool IsTrue => IsStruct || Members.Count > 0;

        internal override string TypeName => "map[string]interface {}";

        internal TemplateValue? Find(string name)
        {
            foreach (KeyValuePair<string, TemplateValue> member in Members)
            {
                if (member.Key == name)
                {
                    return member.Value;
                }
            }

            return Omitted(name);
        }

        /// <summary>The members in the order in which Go goes through a map.</summary>
        internal IReadOnlyList<KeyValuePair<string, TemplateValue>> Sorted() => [.. Members.OrderBy(member => member.Key, StringComparer.Ordinal)];
    }

    /// <summary>A row of a listing, whose fields are made when they are asked for.</summary>
    /// <param name="Item">What the row is about, for errors: "container".</param>
    /// <param name="Fields">By name; sorted, as docker's JSON has them.</param>
    /// <param name="Methods">Fields that take a text, such as .Label "key".</param>
    internal sealed record Row(string Item, SortedDictionary<string, Func<string>> Fields, IReadOnlyDictionary<string, Func<string, string>> Methods) : TemplateValue
    {
        internal override string TypeName => Item;

        internal Map ToMap() => new([.. Fields.Select(field => KeyValuePair.Create<string, TemplateValue>(field.Key, new Text(field.Value())))]);
    }
}
