using System.Text.Json.Nodes;
using Resolver.Archives.Tests;
using Resolver.Archives.Tests.Index;
using Xunit;

namespace Resolver.Interpreters.Tests;

/// <summary>What an interpreter answers of one distribution costs that distribution at most: a finder may say
/// anything.</summary>
public sealed class ProbeAnswerTests
{
    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "path", "5" },
            { "metadata", "5" },
            { "metadata", "{}" },
            { "requires", "[5]" },
            { "error", "[]" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_read_of_one_distribution_is_its_line(string field, string value)
    {
        var bad = Entry("bad");
        if (field == "error")
            bad["metadata"] = null;
        bad[field] = JsonNode.Parse(value);
        var answer = Answer(Entry("first"), bad, Entry("last"));

        var read = InterpreterProbe.Read(answer.ToJsonString(), "python3").Installed;

        Assert.Equal(
            ["first", "last"],
            read.Where(each => each.Name is not null).Select(each => each.Name.ToString()!)
        );
        var line = Assert.Single(read, each => each.Name is null);
        Assert.Contains(line.Problems, each => each.Code == "reader-fault" && each.Fatal);
    }

    private static JsonObject Entry(string name) =>
        new()
        {
            ["path"] = $"/site/{name}-1.dist-info",
            ["metadata"] = $"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
            ["requires"] = null,
            ["error"] = null,
        };

    private static JsonObject Answer(params JsonNode[] installed) =>
        new()
        {
            ["markers"] = new JsonObject
            {
                ["implementation_name"] = "cpython",
                ["implementation_version"] = "3.11.2",
                ["os_name"] = "posix",
                ["platform_machine"] = "x86_64",
                ["platform_python_implementation"] = "CPython",
                ["platform_release"] = "",
                ["platform_system"] = "Linux",
                ["platform_version"] = "",
                ["python_full_version"] = "3.11.2",
                ["python_version"] = "3.11",
                ["sys_platform"] = "linux",
            },
            ["executable"] = "/usr/bin/python3",
            ["prefix"] = "/usr",
            ["base_prefix"] = "/usr",
            ["tags"] = new JsonObject
            {
                ["version"] = new JsonArray(3, 11),
                ["platform"] = "linux-x86_64",
                ["soabi"] = "cpython-311-x86_64-linux-gnu",
                ["ext_suffix"] = ".so",
                ["free_threaded"] = false,
                ["debug"] = false,
                ["bits"] = 64,
                ["glibc"] = "2.36",
                ["musl"] = null,
                ["mac"] = null,
                ["machine"] = "x86_64",
            },
            ["layout"] = new JsonObject { ["purelib"] = "lib/python3.11/site-packages" },
            ["path"] = new JsonArray(),
            ["installed"] = new JsonArray(installed),
            ["installed_error"] = null,
            ["pip"] = null,
            ["externally_managed"] = false,
        };
}
