using System.Text;
using System.Text.Json;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;

namespace Resolver.Cli.Tests.Explanations;

/// <summary>Every file of corpora/explanations: the world above is told as the text below. <c>RESOLVER_APPROVE=1</c>
/// writes what is told now into the files; read the difference before it is committed.</summary>
public sealed class ApprovedTexts
{
    private static readonly string Folder = Path.Combine(Repository.Root, "corpora", "explanations");

    public static TheoryData<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.txt")
                .Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_situation_is_explained_as_approved(string file)
    {
        var situation = Situation.Read(Path.Combine(Folder, file));

        var told = situation.Tell();

        if (Environment.GetEnvironmentVariable("RESOLVER_APPROVE") == "1")
            File.WriteAllText(Path.Combine(Folder, file), situation.With(told));
        else
            Assert.Equal(situation.Text, told);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_JSON_form_carries_what_the_text_says(string file)
    {
        var situation = Situation.Read(Path.Combine(Folder, file));
        if (situation.Explanation() is not { } explanation)
            return; // another question than why there is no plan

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            ExplanationJson.Write(writer, explanation);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));

        var root = json.RootElement;
        Assert.Equal(explanation.Core.Count, root.GetProperty("core").GetArrayLength());
        Assert.True(root.GetProperty("minimal").GetBoolean());
        Assert.Equal(explanation.Text, root.GetProperty("text").GetString());
        Assert.Equal(
            explanation.Hints.Select(each => each.Why),
            root.GetProperty("hints").EnumerateArray().Select(each => each.GetProperty("why").GetString())
        );
        Assert.Equal(
            explanation.Fixes.SelectMany(fix => fix).Select(action => $"{action.Verb} {action.What}: {action.Text}"),
            root.GetProperty("fixes")
                .EnumerateArray()
                .SelectMany(fix => fix.EnumerateArray())
                .Select(action => action.EnumerateObject().First())
                .Zip(
                    root.GetProperty("fixes").EnumerateArray().SelectMany(fix => fix.EnumerateArray()),
                    (verb, action) => $"{verb.Name} {verb.Value.GetString()}: {action.GetProperty("text").GetString()}"
                )
        );
    }

    [Fact]
    public void There_are_sixty_situations_or_more() => Assert.True(Files().Count >= 60, $"{Files().Count}");
}
