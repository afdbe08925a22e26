using System.Text;
using System.Text.Json;
using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Execution.Verification;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>What a check found, for a person and for a program (<c>resolver.check/1</c>).</summary>
/// <param name="runtime">What is not there to run.</param>
/// <param name="build">What is not there to build; empty where that was not asked.</param>
/// <param name="pythons">Those that do not run on the interpreter.</param>
/// <param name="python">The interpreter's version.</param>
/// <param name="files">What is wrong with files.</param>
/// <param name="broken">Installed distributions whose metadata cannot be read, and those an interrupted pip
/// left.</param>
/// <param name="incomplete">Why what is installed is not fully known; null where it is.</param>
/// <param name="judged">How many distributions were looked at.</param>
internal sealed class InconsistencyText(
    IReadOnlyList<InstalledNeed> runtime,
    IReadOnlyList<InstalledNeed> build,
    IReadOnlyList<Candidate> pythons,
    string python,
    IReadOnlyList<FileProblem> files,
    IReadOnlyList<Distribution> broken,
    string? incomplete,
    int judged
)
{
    // What pip left harms nobody, and does not count as installed.
    private readonly List<ArchiveProblem> unreadable =
    [
        .. broken.SelectMany(each => each.Problems).Where(InstalledDefects.IsOfMetadata),
    ];

    public bool IsConsistent => Unmet + files.Count + unreadable.Count == 0;

    private int Unmet => runtime.Count + build.Count + pythons.Count;

    public string Text(Paint paint)
    {
        var text = new StringBuilder();
        Append(runtime, "requires");
        Append(build, "requires to build");
        foreach (var each in pythons)
            text.Append(paint.Strong(PlainText.Of($"{each.Name} {each.Version}")))
                .Append(PlainText.Of($" requires Python{each.RequiresPython}, and {python} is installed"))
                .Append('\n');
        foreach (var problem in unreadable)
            text.Append(PlainText.Of(problem.Message)).Append('\n');
        foreach (var file in files)
            text.Append(PlainText.Of($"{file.Path}: {Said(file)}")).Append('\n');
        if (IsConsistent)
            return text.Append($"{Count.Of(judged, "distribution")}: every requirement is met.\n").ToString();
        text.Append($"{Count.Of(judged, "distribution")}: {Count.Of(Unmet, "unmet requirement")}");
        if (files.Count > 0)
            text.Append($", {Count.Of(files.Count, "file")} altered or missing");
        if (unreadable.Count > 0)
            text.Append($", {Count.Of(unreadable.Count, "unreadable value")}");
        return text.Append(".\n").ToString();

        void Append(IReadOnlyList<InstalledNeed> found, string verb)
        {
            foreach (var each in found)
            {
                var there = each.Found is { } other ? $"and {other.Version} is installed" : "which is not installed";
                text.Append(paint.Strong(PlainText.Of($"{each.By.Name} {each.By.Version}")))
                    .Append($" {verb} ")
                    .Append(PlainText.Of($"{each.Requirement.ToReadableText()}, {there}"))
                    .Append('\n');
            }
        }
    }

    public string Json() =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.check/1");
                writer.WriteBoolean("consistent", IsConsistent);
                writer.WriteNumber("checked", judged);
                writer.WriteStartArray("problems");
                Write(writer, runtime, "runtime");
                Write(writer, build, "build");
                writer.WriteEndArray();
                writer.WriteStartArray("python");
                foreach (var each in pythons)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", each.Name.Normalized);
                    writer.WriteString("version", each.Version.ToString());
                    writer.WriteString("requires_python", each.RequiresPython!.ToString());
                    writer.WriteString("found", python);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("files");
                foreach (var file in files)
                {
                    writer.WriteStartObject();
                    writer.WriteString("problem", Kind(file.Kind));
                    writer.WriteString("path", file.Path);
                    writer.WriteString("of", file.Owner);
                    if (file.Other is not null)
                        writer.WriteString("and", file.Other);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("metadata");
                foreach (
                    var (path, problem) in broken.SelectMany(each =>
                        each.Problems.Select(problem => (each.Path, problem))
                    )
                )
                {
                    writer.WriteStartObject();
                    writer.WriteString("path", path);
                    writer.WriteString("code", problem.Code);
                    writer.WriteString("message", problem.Message);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteString("incomplete", incomplete);
                writer.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<InstalledNeed> found, string role)
    {
        foreach (var each in found)
        {
            writer.WriteStartObject();
            writer.WriteString("name", each.By.Name.Normalized);
            writer.WriteString("version", each.By.Version.ToString());
            writer.WriteString("requirement", each.Requirement.ToString());
            writer.WriteString("role", role);
            writer.WriteString("found", each.Found?.Version.ToString());
            writer.WriteEndObject();
        }
    }

    private static string Said(FileProblem file) =>
        file.Kind switch
        {
            FileProblemKind.Missing => $"{file.Owner} has lost it",
            FileProblemKind.Changed => $"its content is not what {file.Owner} installed",
            FileProblemKind.OwnedTwice => $"{file.Owner} and {file.Other} both installed it, with different content",
            FileProblemKind.InstalledTwice => $"{file.Owner} lies beside {file.Other}",
            _ => throw new ArgumentOutOfRangeException(nameof(file)),
        };

    private static string Kind(FileProblemKind kind) =>
        kind switch
        {
            FileProblemKind.Missing => "missing",
            FileProblemKind.Changed => "changed",
            FileProblemKind.OwnedTwice => "owned-twice",
            FileProblemKind.InstalledTwice => "installed-twice",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
