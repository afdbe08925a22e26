using System.Buffers;
using System.Text.Json;

namespace Resolver.Resolution.Universes.Files;

/// <summary>The tokens of a JSON document in a stream, through one pooled buffer that grows only for a token that
/// does not fit.</summary>
internal ref struct JsonTokens
{
    private const int InitialSize = 1 << 18;

    private readonly Stream stream;
    private readonly string source;
    private byte[] buffer;
    private int start;
    private int end;
    private bool isFinal;
    private bool hasBegun;
    private Utf8JsonReader reader;
    private byte[] unescaped;

    public JsonTokens(Stream stream, string source)
    {
        this.stream = stream;
        this.source = source;
        buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
        unescaped = [];
        reader = new Utf8JsonReader(
            [],
            false,
            new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow })
        );
    }

    public readonly JsonTokenType Type => reader.TokenType;

    public void Release() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Moves to the next token. False at the end of the document.</summary>
    public bool Read()
    {
        try
        {
            while (!reader.Read())
            {
                if (isFinal)
                    return false;
                Refill();
            }

            return true;
        }
        catch (JsonException exception)
        {
            throw new UniverseFormatException(
                source,
                $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}",
                "this is no JSON"
            );
        }
    }

    /// <summary>Moves to the next token, which there must be.</summary>
    public JsonTokenType Next()
    {
        if (!Read())
            throw new UniverseFormatException(source, "", "the file ends too early");
        return reader.TokenType;
    }

    /// <summary>Passes over the value that begins at this token.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            if (Type is JsonTokenType.StartObject or JsonTokenType.StartArray)
                depth++;
            else if (Type is JsonTokenType.EndObject or JsonTokenType.EndArray)
                depth--;
        } while (depth > 0 && Next() != JsonTokenType.None);
    }

    public readonly string GetString() => reader.GetString()!;

    public readonly bool IsName(ReadOnlySpan<byte> name) => reader.ValueTextEquals(name);

    /// <summary>The string or property name at this token, unescaped. Valid until the next token.</summary>
    public ReadOnlySpan<byte> Utf8()
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (unescaped.Length < reader.ValueSpan.Length)
            unescaped = new byte[reader.ValueSpan.Length * 2];
        return unescaped.AsSpan(0, reader.CopyString(unescaped));
    }

    private void Refill()
    {
        start += (int)reader.BytesConsumed;
        var left = end - start;
        if (left == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(start, left).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(start, left).CopyTo(buffer);
        }

        (start, end) = (0, left);
        while (end < buffer.Length)
        {
            var read = stream.Read(buffer.AsSpan(end));
            if (read == 0)
            {
                isFinal = true;
                break;
            }

            end += read;
        }

        if (!hasBegun && buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = 3; // a byte order mark: not JSON, but editors write it
        hasBegun = true;
        reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, reader.CurrentState);
    }
}
