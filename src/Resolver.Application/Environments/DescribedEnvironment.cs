using System.Globalization;
using Resolver.Application.Inputs;
using Resolver.Interpreters;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Tags;

namespace Resolver.Application.Environments;

/// <summary>An environment told rather than asked: markers and tags of another CPython or platform. Names of
/// platforms are uv's.</summary>
/// <remarks>What nobody can know of a machine that is not there (its kernel's release and version) is the empty
/// text.</remarks>
internal sealed class DescribedEnvironment
{
    // What uv takes for platforms that do not say: old enough for most, new enough for what is built today.
    private static readonly (int Major, int Minor) Glibc = (2, 28);
    private static readonly (int Major, int Minor) Musl = (1, 2);
    private const int MacOSMajor = 13;

    private DescribedEnvironment(MarkerEnvironment markers, SupportedTags tags) => (Markers, Tags) = (markers, tags);

    public MarkerEnvironment Markers { get; }

    public SupportedTags Tags { get; }

    /// <summary>The interpreter's environment, with the described values in place of its own.</summary>
    /// <param name="version"><c>3.12</c> or <c>3.12.4</c>; null: the interpreter's.</param>
    /// <param name="platform">Null: the interpreter's.</param>
    /// <exception cref="InputException">A text means nothing.</exception>
    public static DescribedEnvironment Of(Interpreter interpreter, string? version, string? platform)
    {
        var (major, minor, full) = Release(
            version ?? interpreter.Environment.PythonFullVersion,
            isTold: version is not null
        );
        var markers = version is null
            ? interpreter.Environment
            : interpreter.Environment with
            {
                ImplementationName = "cpython",
                PlatformPythonImplementation = "CPython",
                ImplementationVersion = full,
                PythonFullVersion = full,
                PythonVersion = $"{major}.{minor}",
            };
        IReadOnlyList<string> platforms;
        if (platform is null)
            platforms = [.. interpreter.Tags.Tags.Select(tag => tag.Platform).Where(name => name != "any").Distinct()];
        else
            (markers, platforms) = Platform(markers, platform);
        return new DescribedEnvironment(markers, SupportedTags.ForCPython(major, minor, platforms));
    }

    private static (int Major, int Minor, string Full) Release(string text, bool isTold)
    {
        var parts = text.Split('.');
        if (
            parts.Length >= 2
            && Number(parts[0]) is { } major
            && Number(parts[1]) is { } minor
            && (!isTold || (parts.Length <= 3 && parts.Skip(2).All(part => Number(part) is not null)))
        )
            return (major, minor, parts.Length == 2 ? $"{text}.0" : text);
        throw InputException.Usage($"--python-version '{text}': expected a version such as 3.12 or 3.12.4");
    }

    private static (MarkerEnvironment Markers, IReadOnlyList<string> Platforms) Platform(
        MarkerEnvironment markers,
        string text
    )
    {
        var (machine, system) = text switch
        {
            "linux" => ("x86_64", "unknown-linux-gnu"),
            "macos" => ("aarch64", "apple-darwin"),
            "windows" => ("x86_64", "pc-windows-msvc"),
            _ when text.IndexOf('-') is var dash and > 0 => (text[..dash], text[(dash + 1)..]),
            _ => ("", text),
        };
        var linux = markers with
        {
            OsName = "posix",
            SysPlatform = "linux",
            PlatformSystem = "Linux",
            PlatformMachine = machine,
            PlatformRelease = "",
            PlatformVersion = "",
        };
        return system switch
        {
            _ when machine.Length == 0 => throw Unknown(text),
            "unknown-linux-gnu" => (linux, PlatformTags.Linux(machine, Glibc)),
            "unknown-linux-musl" => (linux, PlatformTags.Linux(machine, null, Musl)),
            "manylinux2014" => (linux, PlatformTags.Linux(machine, (2, 17))),
            _ when Suffix(system, "manylinux_") is { } glibc => (linux, PlatformTags.Linux(machine, glibc)),
            _ when Suffix(system, "musllinux_") is { } musl => (linux, PlatformTags.Linux(machine, null, musl)),
            "apple-darwin" when machine is "aarch64" or "x86_64" => MacOS(
                markers,
                machine == "aarch64" ? "arm64" : machine
            ),
            "pc-windows-msvc" => machine switch
            {
                "x86_64" => Windows(markers, "AMD64", "win-amd64"),
                "aarch64" => Windows(markers, "ARM64", "win-arm64"),
                "i686" => Windows(markers, "x86", "win32"),
                _ => throw Unknown(text),
            },
            _ => throw Unknown(text),
        };
    }

    private static (MarkerEnvironment, IReadOnlyList<string>) MacOS(MarkerEnvironment markers, string machine) =>
        (
            markers with
            {
                OsName = "posix",
                SysPlatform = "darwin",
                PlatformSystem = "Darwin",
                PlatformMachine = machine,
                PlatformRelease = "",
                PlatformVersion = "",
            },
            PlatformTags.MacOS(MacOSMajor, 0, machine)
        );

    private static (MarkerEnvironment, IReadOnlyList<string>) Windows(
        MarkerEnvironment markers,
        string machine,
        string tag
    ) =>
        (
            markers with
            {
                OsName = "nt",
                SysPlatform = "win32",
                PlatformSystem = "Windows",
                PlatformMachine = machine,
                PlatformRelease = "",
                PlatformVersion = "",
            },
            PlatformTags.Windows(tag)
        );

    private static (int Major, int Minor)? Suffix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal)
        && text[prefix.Length..].Split('_') is [var major, var minor]
        && Number(major) is { } first
        && Number(minor) is { } second
            ? (first, second)
            : null;

    private static int? Number(string text) =>
        text.Length is > 0 and <= 4
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static InputException Unknown(string text) =>
        InputException.Usage(
            $"--python-platform '{text}' is not known",
            "linux, macos, windows; or MACHINE-SYSTEM, where SYSTEM is unknown-linux-gnu, unknown-linux-musl, "
                + "manylinux_X_Y, musllinux_X_Y, apple-darwin or pc-windows-msvc"
        );
}
