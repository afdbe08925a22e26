using System.Text;
using Resolver.Application.Caches;
using Resolver.Application.Inputs;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Rendering.Setup;

/// <summary>What the cache holds, by part.</summary>
internal static class CacheText
{
    public static string Of(IReadOnlyList<CacheItem> items)
    {
        var text = new StringBuilder();
        foreach (var part in Enum.GetValues<CachePart>())
        {
            var own = items.Where(each => each.Part == part).ToList();
            text.Append(
                $"{SizeText.Of(own.Sum(each => each.Bytes)),10}  {Name(part)}, {Count.Of(own.Count, "item")}\n"
            );
        }
        return text.Append($"{SizeText.Of(items.Sum(each => each.Bytes)),10}  in all\n").ToString();
    }

    /// <summary>Schema <c>resolver.cache/1</c>: sizes in bytes.</summary>
    /// <param name="items">What there is, or what was deleted.</param>
    public static string Json(string folder, IReadOnlyList<CacheItem> items) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.cache/1");
                json.WriteString("folder", folder);
                json.WriteNumber("bytes", items.Sum(each => each.Bytes));
                json.WriteStartArray("parts");
                foreach (var part in Enum.GetValues<CachePart>())
                {
                    var own = items.Where(each => each.Part == part).ToList();
                    json.WriteStartObject();
                    json.WriteString("part", part.ToString().ToLowerInvariant());
                    json.WriteNumber("items", own.Count);
                    json.WriteNumber("bytes", own.Sum(each => each.Bytes));
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static string Name(CachePart part) =>
        part switch
        {
            CachePart.Archives => "what was read of archives",
            CachePart.Interpreters => "what interpreters said",
            CachePart.Hooks => "what build backends said",
            CachePart.Wheels => "built wheels",
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };
}
