using System.Text;
using System.Text.Json;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Tests.Parsing;

/// <summary>Texts that hold halves of surrogate pairs, as paths that are not UTF-8 do (PEP 383).</summary>
public sealed class JsonTextsTests
{
    [Theory]
    [InlineData("plain é \uD83D\uDE00 \"\\ \n")]
    [InlineData("caf\uDCE9-1.0.tar.gz")]
    [InlineData("\uDC80\"\\\n\uD83D\uDE00\uDCFF")]
    public void Text_is_the_same_after_it_was_JSON(string text)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteText("path", text);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        Assert.Equal(text, JsonTexts.TryUnescape(document.RootElement.GetProperty("path").GetRawText()));
    }

    [Fact]
    public void Half_of_a_pair_is_written_as_its_escape()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteText("path", "caf\uDCE9");
            json.WriteEndObject();
        }

        Assert.Equal("""{"path":"caf\udce9"}""", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\q\"")]
    public void What_is_no_JSON_string_has_no_text(string raw) => Assert.Null(JsonTexts.TryUnescape(raw));
}
