using System.Text.Json;
using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Tags;

namespace Resolver.Interpreters;

/// <summary>Reads the probe script's JSON.</summary>
internal static class ProbeAnswer
{
    // The first with importlib.metadata, which knows custom finders.
    private static readonly Version Oldest = new(3, 8);

    /// <param name="installed">Whether what is installed is read, too: that takes longer than all the rest.</param>
    /// <exception cref="InterpreterException">It is that of a Python too old to be worked with.</exception>
    public static Interpreter Read(JsonElement answer, string executable, bool installed = true)
    {
        var markers = answer.GetProperty("markers");
        if (!Version.TryParse(Text(markers, "python_version"), out var version) || version < Oldest)
            throw new InterpreterException(
                $"{executable}: it is Python {Text(markers, "python_full_version")}; Python {Oldest} or later is needed"
            );
        return new Interpreter
        {
            Executable = answer.GetProperty("executable").ReadText() is { Length: > 0 } named ? named : executable,
            Prefix = answer.GetProperty("prefix").ReadText() ?? "",
            BasePrefix = answer.TryGetProperty("base_prefix", out var basePrefix) ? basePrefix.ReadText() ?? "" : "",
            Environment = new MarkerEnvironment
            {
                ImplementationName = Text(markers, "implementation_name"),
                ImplementationVersion = Text(markers, "implementation_version"),
                OsName = Text(markers, "os_name"),
                PlatformMachine = Text(markers, "platform_machine"),
                PlatformPythonImplementation = Text(markers, "platform_python_implementation"),
                PlatformRelease = Text(markers, "platform_release"),
                PlatformSystem = Text(markers, "platform_system"),
                PlatformVersion = Text(markers, "platform_version"),
                PythonFullVersion = Text(markers, "python_full_version"),
                PythonVersion = Text(markers, "python_version"),
                SysPlatform = Text(markers, "sys_platform"),
            },
            Tags = new SupportedTags(ProbeTags.Of(answer.GetProperty("tags"), Text(markers, "implementation_name"))),
            PrefixLayout = answer
                .GetProperty("layout")
                .EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.ReadText() ?? "", StringComparer.Ordinal),
            SearchPath = [.. answer.GetProperty("path").EnumerateArray().Select(p => p.ReadText() ?? "")],
            Installed = installed ? ReadInstalled(answer.GetProperty("installed")) : [],
            InstalledError = installed ? ErrorOf(answer) : null,
            PipVersion = answer.GetProperty("pip").ReadText(),
            ExternallyManaged = answer.GetProperty("externally_managed").GetBoolean(),
        };
    }

    private static string? ErrorOf(JsonElement answer)
    {
        var errors = answer.TryGetProperty(InterpreterProbe.StartUp, out var failures)
            ? failures.EnumerateArray().Select(each => each.ReadText()).ToList()
            : [];
        if (answer.GetProperty("installed_error").ReadText() is { } error)
            errors.Add(error);
        return errors.Count == 0 ? null : string.Join("; ", errors);
    }

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).ReadText() ?? "";

    /// <summary>In the order in which importlib.metadata gives them: the first of a name is the one that imports
    /// see.</summary>
    private static List<Distribution> ReadInstalled(JsonElement entries)
    {
        var found = new List<Distribution>();
        var first = new Dictionary<PackageName, string?>();
        foreach (var entry in entries.EnumerateArray())
        {
            var blank = new Distribution { Path = null, Kind = DistributionKind.Installed };
            try
            {
                blank = blank with { Path = PathOf(entry) };
                if (ReadOne(entry, blank, first) is { } read)
                    found.Add(read);
            }
            catch (Exception e) when (ReadingFault.IsOfOneFile(e))
            {
                found.Add(ReadingFault.Line(blank with { Path = blank.Path ?? Unnamed }, e));
            }
        }
        return found;
    }

    private const string Unnamed = "a distribution without a path";

    private static string? PathOf(JsonElement entry)
    {
        var path = entry.GetProperty("path").ReadText();
        return OperatingSystem.IsWindows() ? path?.Replace('\\', '/') : path;
    }

    /// <summary>One distribution; null where it was told already, because a folder stands on sys.path twice.</summary>
    private static Distribution? ReadOne(JsonElement entry, Distribution blank, Dictionary<PackageName, string?> first)
    {
        var path = blank.Path;
        var problems = new List<ArchiveProblem>();
        if (entry.GetProperty("metadata").ReadText() is not { } text)
        {
            problems.Add(
                new(
                    "metadata-invalid",
                    path ?? Unnamed,
                    entry.GetProperty("error").ReadText() ?? "it has no metadata",
                    true
                )
            );
            return blank with { Problems = problems };
        }
        var requires = entry.GetProperty("requires") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(r => DeclaredRequirement.Read(r.ReadText() ?? "")).ToList()
            : null;
        var read = InstalledReader.FromMetadata(
            CoreMetadata.Read(text, path is null ? "METADATA" : $"{path}/METADATA"),
            requires,
            blank,
            problems
        );
        if (path is not null && InstalledFolderName.IsLeftover(path))
            read = InstalledReader.Leftover(read);
        if (path is not null && read.Name is { } again && first.TryGetValue(again, out var same) && same == path)
            return null;
        if (read.Name is { } name && !first.TryAdd(name, path))
            problems.Add(InstalledReader.ShadowedBy(path, name, first[name]));
        return read.Name is null ? read : read with { Problems = problems };
    }
}
