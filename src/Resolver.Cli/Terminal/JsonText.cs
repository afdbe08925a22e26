using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Resolver.Cli.Terminal;

/// <summary>Text from a JSON writer. Characters outside ASCII stay readable; control characters are escaped, so the
/// text is safe on a terminal.</summary>
internal static class JsonText
{
    /// <summary>One object, ended by a newline.</summary>
    /// <param name="indented">Over several lines, for a document; else on one, for a stream of objects.</param>
    public static string Of(bool indented, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions
                {
                    Indented = indented,
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    NewLine = "\n",
                }
            )
        )
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
