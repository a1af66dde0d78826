using System.Text;
using System.Text.Json;

namespace MiniRun.Runtime.Spec.Reading;

/// <summary>
/// Walks a document once, front to back. A section's reader asks for what it expects; whatever is there instead becomes a
/// problem with its JSON path, is stepped over, and reading goes on, so that all problems come together.
/// </summary>
/// <remarks>
/// On entry of a reader the cursor stands on the first token of its value, on return on the last one.
/// A member that is null counts as not given: programs written in Go write null for an empty list.
/// </remarks>
internal ref partial struct JsonCursor
{
    private readonly ReadOnlySpan<byte> document;
    private readonly SpecProblems problems;
    private readonly PathFrame[] frames = new PathFrame[ReadingLimits.Depth + 1];
    private Utf8JsonReader reader;
    private ReadOnlySpan<byte> name;
    private ulong[] names = new ulong[128];
    private int nameCount;
    private int depth;
    private int values;

    public JsonCursor(ReadOnlySpan<byte> document, SpecProblems problems)
    {
        this.document = document;
        this.problems = problems;
        reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = ReadingLimits.Depth });
    }

    /// <summary>Steps onto the document's first token.</summary>
    public void Start() => reader.Read();

    /// <summary>Makes sure that nothing follows the document.</summary>
    public void Finish() => reader.Read();

    /// <summary>Enters an object; false, with the problem noted, where there is something else.</summary>
    public bool BeginObject()
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Expected("an object");
            return false;
        }

        frames[++depth] = new PathFrame(false, nameCount);
        return true;
    }

    /// <summary>Steps to the object's next member that is not null; false at its end.</summary>
    public bool NextMember()
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            CountValue(nameCount - frames[depth].FirstName, ReadingLimits.Members);
            ulong hash = TakeName();
            bool again = IsGiven(hash) || IsGiven(hash | 1);
            reader.Read();
            bool isNull = reader.TokenType == JsonTokenType.Null;
            Remember(isNull ? hash | 1 : hash);
            if (again)
            {
                Problem("given twice");
            }
            else if (!isNull)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Whether this is the current member's name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> expected) => name.SequenceEqual(expected);

    /// <summary>The current member's name, where the names are the user's.</summary>
    public readonly string Name() => Encoding.UTF8.GetString(name);

    /// <summary>Notes a problem unless the current object had this member. To be called between its last member and <see cref="EndObject"/>.</summary>
    public readonly void Require(ReadOnlySpan<byte> member)
    {
        if (!IsGiven(HashOf(member)))
        {
            string parent = Path(depth - 1);
            string own = Encoding.UTF8.GetString(member);
            Problem(parent.Length == 0 ? own : $"{parent}.{own}", "required, but missing");
        }
    }

    public void EndObject() => nameCount = frames[depth--].FirstName;

    /// <summary>Enters a list; false, with the problem noted, where there is something else.</summary>
    public bool BeginList()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Expected("a list");
            return false;
        }

        frames[++depth] = new PathFrame(true, nameCount);
        return true;
    }

    /// <summary>Steps to the list's next item; leaves the list and returns false at its end.</summary>
    public bool NextItem()
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            depth--;
            return false;
        }

        frames[depth] = frames[depth] with { Index = frames[depth].Index + 1 };
        CountValue(frames[depth].Index, ReadingLimits.Items);
        return true;
    }

    /// <summary>Steps over a member nobody knows, as the spec demands; <paramref name="unchanged"/> is handed back.</summary>
    public T Ignore<T>(T unchanged)
    {
        reader.Skip();
        return unchanged;
    }

    private void CountValue(int before, int limit)
    {
        if (before >= limit)
        {
            throw new SpecException([$"{Path(depth - 1)}: more than {limit} entries"]);
        }

        if (++values > ReadingLimits.Values)
        {
            throw new SpecException([$"more than {ReadingLimits.Values} values"]);
        }
    }

    private ulong TakeName()
    {
        frames[depth] = frames[depth] with { NameStart = (int)reader.TokenStartIndex + 1, NameLength = reader.ValueSpan.Length };
        name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            name = Encoding.UTF8.GetBytes(Text() ?? "");
        }

        return HashOf(name);
    }

    private readonly bool IsGiven(ulong hash) => names.AsSpan(frames[depth].FirstName..nameCount).Contains(hash);

    private void Remember(ulong hash)
    {
        if (nameCount == names.Length)
        {
            Array.Resize(ref names, 2 * names.Length);
        }

        names[nameCount++] = hash;
    }

    /// <summary>FNV-1a with the lowest bit, which tells null, cleared. A chosen collision only makes a document refused.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in text)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash & ~1UL;
    }
}
