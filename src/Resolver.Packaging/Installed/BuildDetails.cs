using System.Text.Json;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Installed;

/// <summary><c>build-details.json</c> in an interpreter's stdlib folder (PEP 739; Python 3.14 and later): what the
/// interpreter is, told without running it.</summary>
/// <remarks>Surprises: it says nothing of the running system (release and version of the kernel), of glibc, and of
/// site-packages; a universal2 build of macOS cannot know its machine; <c>language.version_info</c> is optional.
/// <see cref="Unknown"/> lists what is missing for markers. Immutable; safe to share between threads.</remarks>
public sealed record BuildDetails
{
    /// <summary><c>MAJOR.MINOR</c>; 1.x is read.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>Absolute, or relative to the folder of the file.</summary>
    public required string BasePrefix { get; init; }

    /// <summary>The interpreter: absolute, or relative to <see cref="BasePrefix"/>; null where the installation has
    /// none.</summary>
    public string? BaseInterpreter { get; init; }

    /// <summary><c>sysconfig.get_platform()</c>, such as <c>linux-x86_64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary><c>MAJOR.MINOR</c> of the language.</summary>
    public required string LanguageVersion { get; init; }

    /// <summary><c>sys.version_info</c>, or null.</summary>
    public PythonVersionInfo? LanguageVersionInfo { get; init; }

    /// <summary><c>sys.implementation.name</c>: <c>cpython</c>, <c>pypy</c>, …</summary>
    public required string ImplementationName { get; init; }

    /// <summary><c>sys.implementation.version</c>.</summary>
    public required PythonVersionInfo ImplementationVersion { get; init; }

    /// <summary>Such as <c>cpython-314</c>.</summary>
    public required string CacheTag { get; init; }

    /// <summary>Such as <c>x86_64-linux-gnu</c>, which tells glibc from musl; null where not given.</summary>
    public string? MultiArchitecture { get; init; }

    /// <summary>Letters of the ABI in the order of the suffix: <c>t</c> (free-threaded), <c>d</c> (debug). Empty
    /// where none or not given.</summary>
    public IReadOnlyList<string> AbiFlags { get; init; } = [];

    /// <summary>Such as <c>.cpython-314-x86_64-linux-gnu.so</c>; null where extensions are not supported or it is not
    /// given.</summary>
    public string? ExtensionSuffix { get; init; }

    /// <summary>Such as <c>.abi3.so</c>; null where there is no stable ABI.</summary>
    public string? StableAbiSuffix { get; init; }

    /// <summary>Whether the interpreter runs without the global lock: such builds take no abi3 extensions.</summary>
    public bool IsFreeThreaded => AbiFlags.Contains("t");

    /// <summary>The ABI tag of a CPython (<c>cp314</c>, <c>cp314td</c>), or null for other implementations.</summary>
    public string? CPythonAbi =>
        ImplementationName == "cpython"
            ? $"cp{LanguageVersion.Replace(".", "", StringComparison.Ordinal)}{string.Concat(AbiFlags)}"
            : null;

    /// <summary>The marker variables that the file tells (PEP 508), by name.</summary>
    public IReadOnlyDictionary<string, string> Known => BuildDetailsMarkers.Known(this);

    /// <summary>The marker variables that it does not tell, sorted: always <c>platform_release</c> and
    /// <c>platform_version</c>.</summary>
    public IReadOnlyList<string> Unknown => [.. BuildDetailsMarkers.Variables.Where(v => !Known.ContainsKey(v))];

    /// <summary>Reads bytes.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<BuildDetails> TryParse(ReadOnlySpan<byte> utf8, string file = "build-details.json") =>
        JsonReading.Read(utf8, file, root => Read(root, file));

    /// <summary>Reads text.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<BuildDetails> TryParse(string text, string file = "build-details.json") =>
        TryParse(JsonReading.Bytes(text), file);

    /// <summary>An environment for markers, if the caller can supply what the file does not tell.</summary>
    /// <param name="supply">Gives the value of a variable of <see cref="Unknown"/>, or null.</param>
    /// <returns>Null where a value is missing: a guessed one would make markers lie.</returns>
    public MarkerEnvironment? ToMarkerEnvironment(Func<string, string?> supply) =>
        BuildDetailsMarkers.Environment(Known, supply);

    private static BuildDetails Read(JsonElement root, string file)
    {
        var schema = root.Text("schema_version", file).Required(file, "schema_version");
        if (schema.Split('.') is not ["1", { Length: > 0 } minor] || !minor.All(char.IsAsciiDigit))
            throw new DocumentFormatException(
                new DocumentError(
                    file,
                    0,
                    0,
                    $"schema_version {OneLine.Quote(schema)}",
                    "1.0, or a later 1.x (PEP 739)"
                )
            );
        var language = root.Object("language", file).Required(file, "language");
        var implementation = root.Object("implementation", file).Required(file, "implementation");
        var abi = root.Object("abi", file);
        var version = language.Text("version", file).Required(file, "language.version");
        if (
            version.Split('.') is not [{ Length: > 0 }, { Length: > 0 }]
            || !version.All(c => char.IsAsciiDigit(c) || c == '.')
        )
            throw new DocumentFormatException(
                new DocumentError(file, 0, 0, $"language.version {OneLine.Quote(version)}", "MAJOR.MINOR")
            );
        return new BuildDetails
        {
            SchemaVersion = schema,
            BasePrefix = root.Text("base_prefix", file).Required(file, "base_prefix"),
            BaseInterpreter = root.Text("base_interpreter", file),
            Platform = root.Text("platform", file).Required(file, "platform"),
            LanguageVersion = version,
            LanguageVersionInfo = language.Object("version_info", file) is { } info
                ? PythonVersionInfo.Read(info, file)
                : null,
            ImplementationName = implementation.Text("name", file).Required(file, "implementation.name"),
            ImplementationVersion = PythonVersionInfo.Read(
                implementation.Object("version", file).Required(file, "implementation.version"),
                file
            ),
            CacheTag = implementation.Text("cache_tag", file).Required(file, "implementation.cache_tag"),
            MultiArchitecture = implementation.Text("_multiarch", file),
            AbiFlags = abi is { } a ? Flags(a, file) : [],
            ExtensionSuffix = abi?.Text("extension_suffix", file),
            StableAbiSuffix = abi?.Text("stable_abi_suffix", file),
        };
    }

    private static List<string> Flags(JsonElement abi, string file)
    {
        if (abi.Member("flags") is not { } flags)
            return [];
        if (flags.ValueKind != JsonValueKind.Array)
            throw JsonReading.Wrong(file, "abi.flags", flags, "an array of strings");
        return
        [
            .. flags
                .EnumerateArray()
                .Select(f =>
                    f.ValueKind == JsonValueKind.String
                        ? f.GetString()!
                        : throw JsonReading.Wrong(file, "abi.flags", f, "a string")
                ),
        ];
    }
}
