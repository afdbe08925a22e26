using System.Runtime.InteropServices;
using System.Text.Json;
using Resolver.Resolution.Universes.Tables;

namespace Resolver.Resolution.Universes.Files;

/// <summary>Reads the JSON of a universe file, one pass over its tokens.</summary>
internal ref struct UniverseJson
{
    private readonly string source;
    private readonly UniverseContent content = new();
    private readonly Dictionary<CandidateDetails, int> detailNumbers = new() { [CandidateDetails.None] = 0 };
    private readonly NeighbourList requires;
    private readonly NeighbourList buildRequires;
    private readonly NeighbourList added;
    private readonly List<int> extras = [];
    private JsonTokens tokens;
    private int index;

    private UniverseJson(JsonTokens tokens, string source)
    {
        this.tokens = tokens;
        this.source = source;
        requires = new(content.Lists);
        buildRequires = new(content.DetailLists);
        added = new(content.DetailLists);
        content.Details.Add(CandidateDetails.None);
    }

    /// <summary>Reads to the end of the stream.</summary>
    /// <exception cref="UniverseFormatException">It is no universe.</exception>
    public static UniverseContent Read(Stream stream, string source)
    {
        var reader = new UniverseJson(new JsonTokens(stream, source), source);
        try
        {
            reader.ReadFile();
            return reader.content;
        }
        finally
        {
            reader.tokens.Release();
        }
    }

    private void ReadFile()
    {
        Expect(tokens.Next(), JsonTokenType.StartObject, "");
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            var name = tokens.GetString();
            tokens.Next();
            ReadField(name);
        }

        if (tokens.Read())
            throw Wrong("", "nothing may follow the universe");
    }

    private void ReadField(string name)
    {
        switch (name)
        {
            case "name":
                content.Name = ReadString(name);
                break;
            case "scheme":
                content.Scheme = ReadString(name);
                break;
            case "strategy":
                content.Strategy = ReadString(name);
                break;
            case "prereleases":
                content.Prereleases = tokens.Type switch
                {
                    JsonTokenType.True => "allow",
                    JsonTokenType.False => "exclude",
                    _ => ReadString(name),
                };
                break;
            case "root":
                content.Root = ReadStrings(name);
                break;
            case "expected":
                content.Expected = ReadExpectation(name);
                break;
            case "queries":
                ReadQueries();
                break;
            case "packages":
                ReadPackages();
                break;
            case "environment":
                ReadPairs(name, content.Environment);
                break;
            case "pinned":
                ReadPairs(name, content.Pinned);
                break;
            case "preferred":
                ReadPairs(name, content.Preferred);
                break;
            case "overrides":
                ReadOverrides();
                break;
            case "upgrade":
                ReadUpgrade();
                break;
            default:
                tokens.Skip();
                break;
        }
    }

    private void ReadPackages()
    {
        if (!Enter(JsonTokenType.StartObject, "packages"))
            return;
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            content.Projects.Add(content.Texts.Intern(tokens.Utf8()));
            index = 0;
            tokens.Next();
            if (Enter(JsonTokenType.StartArray, "packages"))
            {
                while (tokens.Next() != JsonTokenType.EndArray)
                {
                    ReadCandidate();
                    index++;
                }
            }

            content.ProjectEnds.Add(content.Versions.Count);
        }
    }

    private void ReadCandidate()
    {
        Expect(tokens.Type, JsonTokenType.StartObject, Path(""));
        var version = -1;
        var required = 0;
        var details = CandidateDetails.None;
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            if (tokens.IsName("version"u8))
            {
                tokens.Next();
                Expect(tokens.Type, JsonTokenType.String, "version");
                version = content.Texts.Intern(tokens.Utf8());
            }
            else if (tokens.IsName("requires"u8))
            {
                tokens.Next();
                required = ReadList(requires, "requires");
            }
            else
            {
                details = ReadDetail(details);
            }
        }

        if (version < 0)
            throw Wrong(Path(""), "a candidate needs a version");
        content.Versions.Add(version);
        content.Requires.Add(required);
        content.CandidateDetails.Add(NumberOf(details));
    }

    /// <summary>Neighbouring versions mostly require the same: what the one before has at each place is tried first,
    /// and costs no look into the table.</summary>
    private int ReadList(NeighbourList before, string path)
    {
        if (!Enter(JsonTokenType.StartArray, path))
            return 0;
        var count = 0;
        var differs = false;
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            Expect(tokens.Type, JsonTokenType.String, path);
            if (count == before.Items.Length)
                Array.Resize(ref before.Items, count * 2);
            var text = tokens.Utf8();
            if (count < before.Length && content.Texts[before.Items[count]].SequenceEqual(text))
            {
                count++;
                continue;
            }

            before.Items[count++] = content.Texts.Intern(text);
            differs = true;
        }

        if (differs || count != before.Length)
            before.Number = before.Table.Intern(before.Items.AsSpan(0, count));
        before.Length = count;
        return before.Number;
    }

    private CandidateDetails ReadDetail(CandidateDetails details)
    {
        if (Meet("kind"u8))
            return details with { Kind = ReadText("kind") };
        if (Meet("build_requires"u8))
            return details with { BuildRequires = ReadList(buildRequires, "build_requires") };
        if (Meet("extras"u8))
            return details with { Extras = ReadExtras() };
        if (Meet("requires_python"u8))
            return tokens.Type == JsonTokenType.Null
                ? details
                : details with
                {
                    RequiresPython = ReadText("requires_python"),
                };
        // PyPI's own form: false, true, or the reason.
        if (Meet("yanked"u8))
            return details with
            {
                Yanked = details.Yanked || tokens.Type is JsonTokenType.True or JsonTokenType.String,
            };
        if (Meet("usable"u8))
            return details with { Unusable = details.Unusable || tokens.Type == JsonTokenType.False };
        if (Meet("unusable_because"u8))
            return details with { UnusableBecause = ReadText("unusable_because") };
        tokens.Next();
        tokens.Skip();
        return details;
    }

    /// <summary>Moves to the value where the field at this token has the name.</summary>
    private bool Meet(ReadOnlySpan<byte> name)
    {
        if (!tokens.IsName(name))
            return false;
        tokens.Next();
        return true;
    }

    private int ReadExtras()
    {
        if (!Enter(JsonTokenType.StartObject, "extras"))
            return 0;
        extras.Clear();
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            extras.Add(content.Texts.Intern(tokens.Utf8()));
            tokens.Next();
            extras.Add(ReadList(added, "extras"));
        }

        return content.DetailLists.Intern(CollectionsMarshal.AsSpan(extras));
    }

    private int ReadText(string path)
    {
        if (tokens.Type == JsonTokenType.Null)
            return content.Texts.Intern([]);
        Expect(tokens.Type, JsonTokenType.String, path);
        return content.Texts.Intern(tokens.Utf8());
    }

    private readonly int NumberOf(CandidateDetails details)
    {
        if (detailNumbers.TryGetValue(details, out var known))
            return known;
        content.Details.Add(details);
        detailNumbers.Add(details, content.Details.Count - 1);
        return content.Details.Count - 1;
    }

    private void ReadQueries()
    {
        if (!Enter(JsonTokenType.StartArray, "queries"))
            return;
        content.Queries = [];
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            var path = $"queries[{content.Queries.Count}]";
            var (root, expected) = ReadQuery(path);
            content.Queries.Add(new UniverseQuery($"#{content.Queries.Count}", root ?? [], expected));
        }
    }

    private UniverseExpectation? ReadExpectation(string path) =>
        tokens.Type == JsonTokenType.Null
            ? null
            : ReadQuery(path).Expected ?? new UniverseExpectation(null, null, null);

    private (List<string>? Root, UniverseExpectation? Expected) ReadQuery(string path)
    {
        Expect(tokens.Type, JsonTokenType.StartObject, path);
        List<string>? root = null;
        bool? satisfiable = null;
        List<KeyValuePair<string, string>>? solution = null,
            rootMax = null;
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            var name = tokens.GetString();
            tokens.Next();
            if (name == "root")
                root = ReadStrings($"{path}.{name}");
            else if (name == "satisfiable" && tokens.Type is JsonTokenType.True or JsonTokenType.False)
                satisfiable = tokens.Type == JsonTokenType.True;
            else if (name == "solution" && tokens.Type == JsonTokenType.StartObject)
                ReadPairs($"{path}.{name}", solution = []);
            else if (name == "root_max" && tokens.Type == JsonTokenType.StartObject)
                ReadPairs($"{path}.{name}", rootMax = []);
            else
                tokens.Skip();
        }

        var isSilent = satisfiable is null && solution is null && rootMax is null;
        return (root, isSilent ? null : new UniverseExpectation(satisfiable, solution, rootMax));
    }

    private void ReadOverrides()
    {
        if (tokens.Type == JsonTokenType.StartArray)
        {
            foreach (var text in ReadStrings("overrides"))
                content.Overrides.Add(new(text, ""));
            return;
        }

        ReadPairs("overrides", content.Overrides);
    }

    private void ReadUpgrade()
    {
        if (tokens.Type is JsonTokenType.True or JsonTokenType.False)
            content.UpgradeAll = tokens.Type == JsonTokenType.True;
        else
            content.Upgrade.AddRange(ReadStrings("upgrade"));
    }

    private void ReadPairs(string path, List<KeyValuePair<string, string>> pairs)
    {
        if (!Enter(JsonTokenType.StartObject, path))
            return;
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            var key = tokens.GetString();
            if (tokens.Next() != JsonTokenType.Null)
                pairs.Add(new(key, ReadString($"{path}.{key}")));
        }
    }

    private List<string> ReadStrings(string path)
    {
        var strings = new List<string>();
        if (!Enter(JsonTokenType.StartArray, path))
            return strings;
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            Expect(tokens.Type, JsonTokenType.String, path);
            strings.Add(tokens.GetString());
        }

        return strings;
    }

    private string ReadString(string path)
    {
        if (tokens.Type == JsonTokenType.Null)
            return "";
        Expect(tokens.Type, JsonTokenType.String, path);
        return tokens.GetString();
    }

    /// <summary>Whether there is something to enter: null is the empty value.</summary>
    private readonly bool Enter(JsonTokenType wanted, string path)
    {
        if (tokens.Type == JsonTokenType.Null)
            return false;
        Expect(tokens.Type, wanted, path);
        return true;
    }

    private readonly void Expect(JsonTokenType found, JsonTokenType wanted, string path)
    {
        if (found != wanted)
            throw Wrong(path, $"expected {Describe(wanted)}, found {Describe(found)}");
    }

    private readonly string Path(string field)
    {
        var at =
            content.Projects.Count == content.ProjectEnds.Count
                ? ""
                : $"packages.{content.Texts.StringOf(content.Projects[^1])}[{index}]";
        return field.Length == 0 || at.Length == 0 ? at + field : $"{at}.{field}";
    }

    private readonly UniverseFormatException Wrong(string path, string reason) =>
        new(
            source,
            path.StartsWith("packages", StringComparison.Ordinal)
            || path.Length == 0
            || content.Projects.Count == content.ProjectEnds.Count
                ? path
                : Path(path),
            reason
        );

    private static string Describe(JsonTokenType type) =>
        type switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.Null => "null",
            _ => "true or false",
        };

    /// <summary>The list that was read last at one place of a candidate.</summary>
    private sealed class NeighbourList(ListTable table)
    {
        public int[] Items = new int[16];

        public ListTable Table { get; } = table;

        public int Length { get; set; }

        public int Number { get; set; }
    }
}
