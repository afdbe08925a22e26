using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Resolver.Execution.Runs;

/// <summary>One line of a journal.</summary>
internal sealed record JournalEvent(JournalEventKind Kind)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, JournalEventKind> Kinds = Enum.GetValues<JournalEventKind>()
        .ToDictionary(TextOf, StringComparer.Ordinal);

    /// <summary>The step's number in the plan; 0 where it is about no step.</summary>
    public int Order { get; init; }

    /// <summary>What the kind says it is, or null.</summary>
    public string? Text { get; init; }

    /// <summary>A SHA-256, or null.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether a wheel leads to a source tree (PEP 660).</summary>
    public bool IsEditable { get; init; }

    /// <summary>Paths below the destination's base, with <c>/</c>; null where the kind has none.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>When, in Universal Time.</summary>
    public DateTime Time { get; init; }

    /// <summary>The line with its line feed, UTF-8.</summary>
    public byte[] ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", TextOf(Kind));
            json.WriteString("time", Time);
            if (Order != 0)
                json.WriteNumber("order", Order);
            if (Text is not null)
                json.WriteString("text", Text);
            if (Hash is not null)
                json.WriteString("hash", Hash);
            if (IsEditable)
                json.WriteBoolean("editable", true);
            if (Files is not null)
            {
                json.WriteStartArray("files");
                foreach (var file in Files)
                    json.WriteStringValue(file);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line without its line feed; null where it is none: the last line of a process that died may
    /// be torn.</summary>
    public static JournalEvent? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var fields = document.RootElement;
            if (!Kinds.TryGetValue(fields.GetProperty("event").GetString() ?? "", out var kind))
                return null;
            return new JournalEvent(kind)
            {
                Time = fields.GetProperty("time").GetDateTime(),
                Order = fields.TryGetProperty("order", out var order) ? order.GetInt32() : 0,
                Text = fields.TryGetProperty("text", out var text) ? text.GetString() : null,
                Hash = fields.TryGetProperty("hash", out var hash) ? hash.GetString() : null,
                IsEditable = fields.TryGetProperty("editable", out var editable) && editable.GetBoolean(),
                Files = fields.TryGetProperty("files", out var files)
                    ? [.. files.EnumerateArray().Select(file => file.GetString()!)]
                    : null,
            };
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    // RunStarted is written run-started.
    private static string TextOf(JournalEventKind kind) =>
        string.Concat(
            kind.ToString()
                .Select(
                    (c, index) =>
                        char.IsAsciiLetterUpper(c) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()
                )
        );
}
