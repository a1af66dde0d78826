using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>Prints a plan for programs (`explain --format json`).</summary>
public static class PlanJson
{
    /// <summary>Writes the plan as one JSON object; notes are what the reader should know beside the steps.</summary>
    public static void Write(Stream output, LaunchPlan plan, IReadOnlyDictionary<string, string>? options = null, IReadOnlyList<string>? notes = null)
    {
        // Relaxed: the output goes to a terminal or a program, never into a web page, and "→" and "|" should be readable.
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        WriteNotes(json, notes ?? []);
        json.WriteStartArray("steps");
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            WriteStep(json, plan, i, options);
        }

        json.WriteEndArray();
        WriteExpected(json, plan.Expected);
        json.WriteEndObject();
    }

    private static void WriteNotes(Utf8JsonWriter json, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("notes");
        foreach (string note in notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, LaunchPlan plan, int index, IReadOnlyDictionary<string, string>? options)
    {
        LaunchStep step = plan.Steps[index];
        json.WriteStartObject();
        json.WriteNumber("number", index + 1);
        json.WriteString("by", step.IsLaunchers ? "launcher" : "init");
        json.WriteString("kind", step.Kind.ToString());
        json.WriteString("call", StepCall.Of(step, plan));
        json.WriteString("why", StepDescriptions.Why(step));
        WriteOptional(json, "field", StepSource.Of(step));
        WriteOptional(json, "option", PlanPrinter.OptionOf(step, options));
        WriteOptional(json, "needs", StepCapability.Of(step)?.ToString());
        json.WriteEndObject();
    }

    private static void WriteExpected(Utf8JsonWriter json, ProcessExpectation expected)
    {
        json.WriteStartObject("expected");
        json.WriteNumber("uid", expected.Uid);
        json.WriteNumber("gid", expected.Gid);
        if (expected.Groups is not null)
        {
            json.WriteStartArray("groups");
            foreach (uint group in expected.Groups)
            {
                json.WriteNumberValue(group);
            }

            json.WriteEndArray();
        }

        WriteSet(json, "effective", expected.Effective);
        WriteSet(json, "permitted", expected.Permitted);
        WriteSet(json, "inheritable", expected.Inheritable);
        WriteSet(json, "ambient", expected.Ambient);
        WriteSet(json, "bounding", expected.Bounding);
        json.WriteBoolean("noNewPrivileges", expected.NoNewPrivileges);
        json.WriteBoolean("seccomp", expected.Seccomp);
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, string name, ulong bits)
    {
        json.WriteStartArray(name);
        foreach (string capability in new Linux.Capabilities.CapabilitySet(bits).Names())
        {
            json.WriteStringValue(capability);
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
