using System.Text;
using System.Text.Json;
using Resolver.Peers;
using Resolver.Peers.Contestants;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Xunit;

namespace Resolver.Benchmarks.Tests.Peers;

/// <summary>What peers are given is the same problem, and what they say of it is heard.</summary>
public sealed class OrdinalProblemTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("peers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Versions_become_ordinals_with_the_preferred_last_and_ranges_become_intervals()
    {
        var written = Written(
            """
            { "name": "u", "scheme": "pep440", "root": ["app"],
              "packages": { "app": [ { "version": "2.0", "requires": ["lib!=1.5"], "build_requires": ["tool>1"] }, { "version": "1.0" } ],
                            "lib": [ { "version": "1.0" }, { "version": "2.0" }, { "version": "1.5" } ],
                            "tool": [ { "version": "1" }, { "version": "3" } ], "unreachable": [ { "version": "1" } ] } }
            """
        );

        var projects = written
            .GetProperty("projects")
            .EnumerateArray()
            .ToDictionary(
                project => project.GetProperty("name").GetString()!,
                project => project.GetProperty("versions").GetRawText()
            );
        Assert.Equal("[[0,[0,2]]]", written.GetProperty("roots").GetRawText());
        Assert.Equal(["app", "lib", "tool"], projects.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("[[],[[1,[0,1,2,3]],[2,[1,2]]]]", projects["app"]);
        Assert.Equal("[[],[],[]]", projects["lib"]);
    }

    [Fact]
    public void A_universe_with_extras_is_refused() =>
        Assert.Throws<NotSupportedException>(() =>
            Written(
                """
                { "name": "u", "scheme": "pep440", "root": ["app[x]"], "packages": { "app": [ { "version": "1", "extras": { "x": ["lib"] } } ], "lib": [ { "version": "1" } ] } }
                """
            )
        );

    [Theory]
    [InlineData("resolvelib_peer.py", "resolvelib")]
    [InlineData("libsolv_peer.py", "solv")]
    [InlineData("poetry_peer.py", "poetry.mixology")]
    public void A_peer_in_Python_answers_and_its_answer_is_read(string script, string module)
    {
        var peer = new PythonPeer(
            module,
            Path.Combine(Repository.Root, "benchmarks", "peers", script),
            $"import {module}; print('there')",
            1
        );
        Assert.SkipUnless(peer.Version == "there", $"there is no {module} for Python on this machine");
        var possible = Given(
            """{ "name": "yes", "scheme": "number", "root": ["app [0, )"], "packages": { "app": [ { "version": "1", "requires": ["lib [1, 2]"] } ], "lib": [ { "version": "1" }, { "version": "3" } ] }, "expected": { "satisfiable": true } }"""
        );
        var impossible = Given(
            """{ "name": "no", "scheme": "number", "root": ["app [0, )"], "packages": { "app": [ { "version": "1", "requires": ["lib [2, 2]"] } ], "lib": [ { "version": "1" }, { "version": "3" } ] }, "expected": { "satisfiable": false } }"""
        );

        Assert.Equal(
            (true, null),
            (
                peer.Solve(possible, TimeSpan.FromSeconds(60)).Satisfiable,
                peer.Solve(possible, TimeSpan.FromSeconds(60)).Trouble
            )
        );
        Assert.Equal(
            (false, null),
            (
                peer.Solve(impossible, TimeSpan.FromSeconds(60)).Satisfiable,
                peer.Solve(impossible, TimeSpan.FromSeconds(60)).Trouble
            )
        );
    }

    private GivenProblem Given(string universe)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, universe);
        return Assert.Single(Resolver.Peers.Universes.Write(folder, [file], large: false, generated: false));
    }

    private JsonElement Written(string universe)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(universe));
        var file = Path.Combine(folder, "written");
        OrdinalProblem.Write(file, UniverseFile.Read(stream, "u"));
        return JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
    }
}
