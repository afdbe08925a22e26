using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Resolver.Cli.Terminal;
using OutputFormat = Json.Schema.OutputFormat;

namespace Resolver.Cli.Tests.Rendering;

/// <summary>Every JSON shape has a published schema (<c>docs/schemas</c>), and what the program writes is what they
/// say: no more, no less.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly Dictionary<string, JsonSchema> Schemas = Load();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_shape_the_program_names_has_a_schema()
    {
        // The record of a run is the program's own note to itself.
        var named = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file =>
                Regex
                    .Matches(File.ReadAllText(file), "\"resolver\\.([a-z-]+)/1\"")
                    .Select(match => match.Groups[1].Value)
            )
            .Distinct()
            .Except(["run"]);

        Assert.Equal(named.Order(StringComparer.Ordinal), Schemas.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plans_are_as_their_schema_says()
    {
        PythonOnPath.Need();
        folder.Tree("odd", "1", builds: ["nowhere"]);
        folder.Tree("base", "1");
        folder.Tree("app", "2", requires: ["base; sys_platform == \"linux\""]);

        Holds(Invocation.Of("order", Repository.Quickstart("batch"), "--no-installed", "--format", "json"), "plan");
        Holds(
            Invocation.Of("order", folder["archive"], "--keep-going", "--no-installed", "--format", "json"),
            "plan",
            ExitCode.Impossible
        );
        Holds(Invocation.Of("plan", "app", "-f", folder["archive"], "--universal", "--format", "json"), "plan");
        Holds(
            Invocation.Of(
                "plan",
                "app",
                "-f",
                folder["archive"],
                "--no-installed",
                "--objective",
                "fewest-packages",
                "--format",
                "json"
            ),
            "plan"
        );
    }

    [Fact]
    public void A_bill_of_materials_is_as_the_schema_of_CycloneDX_says()
    {
        PythonOnPath.Need();
        var place = Environment.GetEnvironmentVariable("RESOLVER_CYCLONEDX") ?? "";
        Assert.SkipUnless(
            File.Exists(Path.Combine(place, "bom-1.6.SNAPSHOT.schema.json")),
            "RESOLVER_CYCLONEDX names no folder with the schemas of CycloneDX"
        );
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List };
        foreach (var other in (string[])["spdx", "jsf-0.82", "cryptography-defs"])
        {
            if (File.Exists(Path.Combine(place, $"{other}.SNAPSHOT.schema.json")))
                SchemaRegistry.Global.Register(
                    JsonSchema.FromText(File.ReadAllText(Path.Combine(place, $"{other}.SNAPSHOT.schema.json")))
                );
        }

        var schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(place, "bom-1.6.SNAPSHOT.schema.json")));
        folder.Tree("app", "2", requires: ["base; sys_platform == \"linux\""]);
        folder.Tree("base", "1+local.1");

        foreach (
            var arguments in (string[][])
                [
                    ["order", Repository.Quickstart("batch"), "--no-installed"],
                    ["plan", "app", "-f", folder["archive"], "--universal"],
                    ["plan", "app", "-f", folder["archive"], "--build-isolation", "per-build"],
                ]
        )
        {
            var run = Invocation.Of([.. arguments, "--format", "cyclonedx"]);
            Assert.True(run.ExitCode == ExitCode.Done, run.Error);
            using var bill = JsonDocument.Parse(run.Output);
            var result = schema.Evaluate(bill.RootElement, options);
            Assert.True(
                result.IsValid,
                $"{string.Join('\n', (result.Details ?? []).Where(each => each.Errors is { Count: > 0 }).Select(each => $"{each.InstanceLocation}: {string.Join(", ", each.Errors!.Values)}"))}\n{run.Output}"
            );
        }
    }

    [Fact]
    public void Explanations_are_as_their_schema_says()
    {
        PythonOnPath.Need();
        folder.Tree("app", "1", requires: ["lib>=2"], builds: ["egg"]);
        folder.Tree("lib", "1");
        folder.Tree("egg", "1", builds: ["hen"]);
        folder.Tree("hen", "1", builds: ["egg"]);

        Holds(
            Invocation.Of("order", Repository.Quickstart("impossible"), "--no-installed", "--format", "json"),
            "explanation",
            ExitCode.Impossible
        );
        Holds(
            Invocation.Of("explain", "app", "-f", folder["archive"], "--no-installed", "--format", "json"),
            "explanation",
            ExitCode.Impossible
        );
        Holds(
            Invocation.Of("explain", "hen", "-f", folder["archive"], "--no-installed", "--format", "json"),
            "explanation",
            ExitCode.Impossible
        );
        Holds(
            Invocation.Of("explain", "nothing-like-it", "-f", folder["archive"], "--no-installed", "--format", "json"),
            "explanation",
            ExitCode.Impossible
        );
        Holds(
            Invocation.Of("explain", "lib", "-f", folder["archive"], "--no-installed", "--format", "json"),
            "explanation"
        );
    }

    [Fact]
    public void Answers_about_a_plan_are_as_their_schemas_say()
    {
        PythonOnPath.Need();
        folder.Tree("app", "1", requires: ["lib"]);
        folder.Tree("app", "2", requires: ["lib>=3"]);
        folder.Tree("lib", "1");
        folder.Tree("lib", "2");
        string[] common = ["-f", folder["archive"], "--no-installed", "--format", "json"];

        Holds(Invocation.Of(["explain", "app", "--why", "lib", .. common]), "why");
        Holds(Invocation.Of(["explain", "app", "--why", "other", .. common]), "why");
        foreach (var version in (string[])["lib==1", "lib==2", "lib==3", "app==2"])
            Holds(Invocation.Of(["explain", "app", "--why-not", version, .. common]), "why-not");
        Holds(Invocation.Of(["explain", "app", "--why-before", "lib", "app", .. common]), "why-before");
        Holds(Invocation.Of(["explain", "app", "--cycles", .. common]), "cycles");
        Holds(Invocation.Of(["explain", "app>=2", "--all", .. common]), "explanation", ExitCode.Impossible);
        Holds(Invocation.Of(["missing", "app>=2", .. common]), "missing");
        Holds(Invocation.Of(["missing", "app", .. common]), "missing");
    }

    [Fact]
    public void Every_line_of_a_scan_is_as_its_schema_says()
    {
        folder.Wheel("lib", "1.0", "py3-none-any", "x>=1");
        folder.Write("archive/broken-1.tar.gz", "no archive");
        folder.Write("archive/old-1/setup.py", "import os\nsetup(name=os.name)");
        var run = Invocation.Of("scan", Repository.Quickstart("batch"), folder["archive"], "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(run.Output.TrimEnd('\n').Split('\n'), line => Holds(line, "distribution"));
    }

    [Fact]
    public void Solutions_are_as_their_schema_says()
    {
        folder.Write(
            "yes.json",
            """{ "name": "yes", "scheme": "number", "root": ["a"], "packages": { "a": [{ "version": "1" }] }, "expected": { "satisfiable": false } }"""
        );
        folder.Write(
            "no.json",
            """{ "name": "no", "scheme": "number", "root": ["a", "b"], "packages": { "a": [{ "version": "1" }] } }"""
        );

        Holds(Invocation.Of("solve", folder["yes.json"], "--format", "json"), "solution");
        Holds(
            Invocation.Of("solve", folder["yes.json"], "--check", "--format", "json"),
            "solution",
            ExitCode.Impossible
        );
        Holds(
            Invocation.Of("solve", folder["no.json"], "--explain", "--format", "json"),
            "solution",
            ExitCode.Impossible
        );
        Holds(Invocation.Of("bench", folder["no.json"], "--repeat", "2", "--format", "json"), "bench");
    }

    [Fact]
    public void What_is_said_of_the_machine_is_as_its_schemas_say()
    {
        PythonOnPath.Need();
        folder.Write(
            "resolver.toml",
            "timeout = 3\nno-installed = true\nexclude = [{ requirement = \"x\", reason = \"y\" }]\nfind-links = "
                + "[\"a\"]\n"
        );

        Holds(Invocation.Of("runs", "--format", "json"), "runs");
        Holds(Invocation.Of("list", "--format", "json"), "list");
        Holds(Invocation.Of("show", "--files", "pip", "--format", "json"), "show", anyCode: true);
        Holds(Invocation.Of("tree", "--format", "json"), "tree");
        Holds(Invocation.Of("cache", "size", "--format", "json", "--cache-dir", folder["cache"]), "cache");
        folder.Write("site/one-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: one\nVersion: 1\n");
        folder.Write("site/one-1.dist-info/RECORD", "one-1.dist-info/METADATA,,\none-1.dist-info/RECORD,,\n");
        Holds(
            Invocation.Of("uninstall", "one", "--target", folder["site"], "--dry-run", "--format", "json"),
            "uninstall"
        );
        Holds(Invocation.Of("doctor", "--format", "json"), "doctor", anyCode: true);
        Holds(Invocation.Of("check", "--format", "json"), "check", anyCode: true);
        Holds(
            Invocation.Of("config", "--config", folder["resolver.toml"], "--prefer", "wheel", "--format", "json"),
            "config"
        );
    }

    private static void Holds(Invocation run, string name, int code = ExitCode.Done, bool anyCode = false)
    {
        if (!anyCode)
            Assert.True(code == run.ExitCode, run.Error + run.Output);
        Holds(run.Output, name);
    }

    private static void Holds(string text, string name)
    {
        using var document = JsonDocument.Parse(text);
        Assert.Equal($"resolver.{name}/1", document.RootElement.GetProperty("schema").GetString());
        var result = Schemas[name]
            .Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(
            result.IsValid,
            $"{string.Join('\n', (result.Details ?? []).Where(each => each.Errors is { Count: > 0 }).Select(each => $"{each.InstanceLocation}: {string.Join(", ", each.Errors!.Values)}"))}\n{text}"
        );
    }

    /// <summary>Published schemas let later versions add fields; here a field that they do not describe is a
    /// fault.</summary>
    private static Dictionary<string, JsonSchema> Load()
    {
        var schemas = new Dictionary<string, JsonSchema>();
        var texts = Directory
            .GetFiles(Path.Combine(Repository.Root, "docs", "schemas"), "*-1.schema.json")
            .Select(file =>
                (
                    Name: Path.GetFileName(file)[..^"-1.schema.json".Length],
                    Node: JsonNode.Parse(File.ReadAllText(file))!
                )
            )
            .OrderBy(each => each.Name == "explanation" ? 0 : 1);
        foreach (var (name, node) in texts)
        {
            Close(node);
            var schema = JsonSchema.FromText(node.ToJsonString());
            SchemaRegistry.Global.Register(schema);
            schemas.Add(name, schema);
        }

        return schemas;
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Close(item);
        }
        else if (node is JsonObject schema)
        {
            if (
                schema["properties"] is JsonObject
                && !schema.ContainsKey("additionalProperties")
                && schema["type"]?.ToString() == "object"
            )
                schema["additionalProperties"] = false;
            foreach (var (_, value) in schema.ToList())
                Close(value);
        }
    }
}
