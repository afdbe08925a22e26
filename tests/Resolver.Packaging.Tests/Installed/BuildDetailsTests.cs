using Resolver.Packaging.Installed;

namespace Resolver.Packaging.Tests.Installed;

/// <summary>build-details.json (PEP 739, schema 1.0).</summary>
public sealed class BuildDetailsTests
{
    private static string Json(
        string platform = "linux-x86_64",
        string level = "final",
        string implementation = "cpython",
        string more = "",
        string language = ""
    ) =>
        $$"""
            {"schema_version": "1.0", "base_prefix": "/usr", "platform": "{{platform}}", "language": {"version": "3.14"{{language}}},
             "implementation": {"name": "{{implementation}}", "version": {"major": 3, "minor": 14, "micro": 1, "releaselevel": "{{level}}", "serial": 2}, "hexversion": 1, "cache_tag": "cpython-314", "_multiarch": "x86_64-linux-gnu"}{{more}}}
            """;

    private static BuildDetails Read(string json) => BuildDetails.TryParse(json).Value;

    [Fact]
    public void What_the_file_tells_is_known_and_the_running_system_is_not()
    {
        var details = Read(Json());

        Assert.Equal(
            [
                "implementation_name=cpython",
                "implementation_version=3.14.1",
                "os_name=posix",
                "platform_machine=x86_64",
                "platform_python_implementation=CPython",
                "platform_system=Linux",
                "python_full_version=3.14.1",
                "python_version=3.14",
                "sys_platform=linux",
            ],
            details.Known.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key}={k.Value}")
        );
        Assert.Equal(["platform_release", "platform_version"], details.Unknown);
    }

    [Theory]
    [InlineData("win-amd64", "nt", "win32", "Windows", "AMD64")]
    [InlineData("win32", "nt", "win32", "Windows", "x86")]
    [InlineData("macosx-11.0-arm64", "posix", "darwin", "Darwin", "arm64")]
    [InlineData("macosx-10.15-universal2", "posix", "darwin", "Darwin", null)]
    [InlineData("android-24-arm64_v8a", "posix", "android", "Android", null)]
    [InlineData("ios-13.0-arm64-iphoneos", "posix", "ios", "iOS", null)]
    [InlineData("linux-aarch64", "posix", "linux", "Linux", "aarch64")]
    [InlineData("emscripten-4-wasm32", null, null, null, null)]
    public void The_platform_tells_the_system_and_the_machine_where_it_is_for_one(
        string platform,
        string? os,
        string? sys,
        string? system,
        string? machine
    )
    {
        var known = Read(Json(platform)).Known;

        Assert.Equal(
            (os, sys, system, machine),
            (
                known.GetValueOrDefault("os_name"),
                known.GetValueOrDefault("sys_platform"),
                known.GetValueOrDefault("platform_system"),
                known.GetValueOrDefault("platform_machine")
            )
        );
    }

    [Theory]
    [InlineData("alpha", "3.14.1a2", "3.14.1a2")]
    [InlineData("candidate", "3.14.1rc2", "3.14.1c2")]
    [InlineData("final", "3.14.1", "3.14.1")]
    public void A_candidate_is_rc_in_the_version_and_c_in_the_implementations(
        string level,
        string full,
        string implementation
    )
    {
        var known = Read(Json(level: level)).Known;

        Assert.Equal((full, implementation), (known["python_full_version"], known["implementation_version"]));
    }

    [Fact]
    public void Another_implementation_must_say_the_languages_full_version()
    {
        Assert.Contains("python_full_version", Read(Json(implementation: "pypy")).Unknown);
        Assert.Equal(
            "3.14.0",
            Read(
                Json(
                    implementation: "pypy",
                    language: """, "version_info": {"major": 3, "minor": 14, "micro": 0, "releaselevel": "final", "serial": 0}"""
                )
            ).Known["python_full_version"]
        );
        Assert.Contains("platform_python_implementation", Read(Json(implementation: "rustpython")).Unknown);
    }

    [Fact]
    public void An_environment_needs_every_value()
    {
        var details = Read(Json());

        Assert.Null(details.ToMarkerEnvironment(_ => null));
        Assert.Equal(
            ("6.1", "3.14.1", "linux"),
            details.ToMarkerEnvironment(_ => "6.1") is { } e
                ? (e.PlatformRelease, e.PythonFullVersion, e.SysPlatform)
                : default
        );
    }

    [Fact]
    public void The_ABI_tells_free_threaded_builds()
    {
        var details = Read(
            Json(more: """, "abi": {"flags": ["t", "d"], "extension_suffix": ".so", "stable_abi_suffix": ".abi3.so"}""")
        );

        Assert.Equal(
            (true, "cp314td", ".so", ".abi3.so"),
            (details.IsFreeThreaded, details.CPythonAbi, details.ExtensionSuffix, details.StableAbiSuffix)
        );
        Assert.Equal((false, "cp314"), (Read(Json()).IsFreeThreaded, Read(Json()).CPythonAbi));
        Assert.Null(Read(Json(implementation: "pypy")).CPythonAbi);
    }

    [Theory]
    [InlineData("\"1.0\"", "\"2.0\"")]
    [InlineData("\"1.0\"", "\"1\"")]
    [InlineData("\"schema_version\"", "\"schema\"")]
    [InlineData("\"3.14\"", "\"3.14.1\"")]
    [InlineData("\"3.14\"", "3.14")]
    [InlineData("\"final\"", "\"done\"")]
    [InlineData("\"micro\": 1", "\"micro\": 1.5")]
    [InlineData("\"micro\": 1", "\"micro\": -1")]
    [InlineData("\"cache_tag\"", "\"cache\"")]
    [InlineData("\"base_prefix\"", "\"prefix\"")]
    public void What_the_schema_forbids_is_an_error(string there, string instead) =>
        Assert.False(BuildDetails.TryParse(Json().Replace(there, instead, StringComparison.Ordinal)).Success);

    [Fact]
    public void A_later_minor_schema_is_read() =>
        Assert.True(
            BuildDetails
                .TryParse(Json(more: ", \"new\": 1").Replace("\"1.0\"", "\"1.1\"", StringComparison.Ordinal))
                .Success
        );

    [Fact]
    public void No_text_crashes_the_reader() =>
        DocumentFuzz.Run(
            [Json(more: """, "abi": {"flags": ["t"]}""")],
            text =>
            {
                if (BuildDetails.TryParse(text) is { Success: true } read)
                    Assert.Contains("platform_release", read.Value.Unknown);
            }
        );
}
