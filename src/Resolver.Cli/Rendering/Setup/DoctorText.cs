using System.Globalization;
using System.Text;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Interpreters;
using Resolver.Packaging.Requirements;

namespace Resolver.Cli.Rendering.Setup;

/// <summary>What a build will see, for a person and for a program (<c>resolver.doctor/1</c>).</summary>
/// <param name="places">What a build gets in front of its path.</param>
/// <param name="leaked">Names of the caller's <c>PIP_*</c> variables.</param>
/// <param name="asked">Would these be found?</param>
internal sealed class DoctorText(
    Examination seen,
    IReadOnlyList<string> places,
    IReadOnlyList<string> leaked,
    IReadOnlyList<Requirement> asked
)
{
    private const int Shown = 12;

    private readonly StringBuilder text = new();

    /// <summary>Whether everything that was asked about would be found, at a version that will do.</summary>
    public bool IsEverythingFound => asked.All(IsFound);

    public string Text(Paint paint)
    {
        text.Append(paint.Strong(PlainText.Of($"{seen.Python}, {seen.Executable}"))).Append('\n');
        Line(
            seen.Prefix == seen.BasePrefix
                ? $"prefix {seen.Prefix}"
                : $"virtual environment {seen.Prefix}, made from {seen.BasePrefix}"
        );
        if (seen.ExternallyManaged is { } managed)
            Line(
                $"managed by its system ({managed}): 'resolver install' refuses to write into it; --prefix, --target "
                    + $"and --root are free"
            );

        Section(paint, "Path of a build, in order");
        foreach (var (entry, i) in seen.Path.Select((entry, i) => (entry, i + 1)))
            Line($"{i.ToString(CultureInfo.InvariantCulture).PadLeft(2)}. {entry.Path}  ({Origin(entry)})");

        Files(paint);
        Finders(paint);
        Broken(paint);
        var shadowed = seen.Shadowed.ToList();
        if (shadowed.Count > 0)
        {
            Section(paint, "Hidden by an earlier distribution of the same name");
            foreach (var (hidden, by) in shadowed.Take(Shown))
                Line(
                    $"{hidden.Name} {hidden.Version} ({hidden.Path ?? "no path"}), by {by.Version} "
                        + $"({by.Path ?? "no path"})"
                );
            More(shadowed.Count);
        }

        Pip(paint);
        if (asked.Count > 0)
        {
            Section(paint, "Requirements");
            foreach (var requirement in asked)
                Line($"{requirement}: {Answer(requirement)}");
        }

        return text.ToString();
    }

    public string Json() =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.doctor/1");
                writer.WriteString("executable", seen.Executable);
                writer.WriteString("python", seen.Python);
                writer.WriteString("prefix", seen.Prefix);
                writer.WriteString("base_prefix", seen.BasePrefix);
                writer.WriteString("externally_managed", seen.ExternallyManaged);
                Array(
                    writer,
                    "path",
                    seen.Path,
                    entry =>
                    {
                        writer.WriteString("path", entry.Path);
                        writer.WriteString("origin", IsPlace(entry) ? "destination" : entry.Origin);
                        writer.WriteBoolean("exists", entry.Exists);
                    }
                );
                Array(
                    writer,
                    "path_files",
                    seen.PathFiles,
                    file =>
                    {
                        writer.WriteString("file", file.File);
                        writer.WriteBoolean("processed", file.IsProcessed);
                        Strings(writer, "adds", file.Adds);
                        Strings(writer, "runs", file.Runs);
                    }
                );
                Array(
                    writer,
                    "customizations",
                    seen.Customizations,
                    each =>
                    {
                        writer.WriteString("module", each.Module);
                        writer.WriteString("file", each.File);
                    }
                );
                Array(
                    writer,
                    "finders",
                    seen.Finders,
                    each =>
                    {
                        writer.WriteString("name", each.Name);
                        writer.WriteBoolean("serves_distributions", each.ServesDistributions);
                    }
                );
                Strings(writer, "start_up_failures", seen.StartUpFailures);
                writer.WriteString("finders_error", seen.DistributionsError);
                Array(
                    writer,
                    "broken",
                    seen.Broken,
                    each =>
                    {
                        writer.WriteString("path", each.Path);
                        writer.WriteString("problem", each.Problem);
                    }
                );
                Array(writer, "behind_finders", Behind(), each => Distribution(writer, each));
                Array(
                    writer,
                    "shadowed",
                    [.. seen.Shadowed],
                    each =>
                    {
                        Distribution(writer, each.Hidden);
                        writer.WriteString("by", each.By.Path);
                    }
                );
                Strings(writer, "pip_variables", leaked);
                Array(
                    writer,
                    "pip_configuration",
                    seen.PipConfiguration,
                    each =>
                    {
                        writer.WriteString("file", each.File);
                        Strings(writer, "sets", each.Sets);
                    }
                );
                Strings(writer, "python_variables", seen.Variables);
                Array(
                    writer,
                    "requirements",
                    asked,
                    each =>
                    {
                        writer.WriteString("requirement", each.ToString());
                        writer.WriteBoolean("found", IsFound(each));
                        writer.WriteString("version", seen.Find(each)?.Version);
                        writer.WriteString("path", seen.Find(each)?.Path);
                    }
                );
                writer.WriteEndObject();
            }
        );

    private void Files(Paint paint)
    {
        if (seen.Customizations.Count + seen.PathFiles.Count + seen.Variables.Count + seen.StartUpFailures.Count == 0)
            return;
        Section(paint, "Start-up files and variables");
        foreach (var failure in seen.StartUpFailures)
            Line(failure);
        foreach (var (module, file) in seen.Customizations)
            Line($"{module} runs in every build: {file ?? "(no file)"}");
        foreach (var file in seen.PathFiles.Where(each => each.IsProcessed))
        {
            foreach (var added in file.Adds)
                Line($"{file.File} adds {added}");
            foreach (var code in file.Runs)
                Line($"{file.File} runs: {code}");
        }
        foreach (var file in seen.PathFiles.Where(each => !each.IsProcessed))
            Line(
                $"{file.File} has no effect: Python reads .pth files in its own site folders "
                    + $"only{(file.Adds.Count > 0 ? $", so {file.Adds[0]} is not on the path" : "")}"
            );
        foreach (var name in seen.Variables.Where(each => each != "PYTHONPATH" || places.Count == 0))
            Line($"{name} is set, and builds see it");
    }

    private void Finders(Paint paint)
    {
        var behind = Behind();
        var serving = seen.Finders.Where(each => each.ServesDistributions).ToList();
        var others = seen.Finders.Where(each => !each.ServesDistributions).ToList();
        if (serving.Count + others.Count + behind.Count == 0 && seen.DistributionsError is null)
            return;
        Section(paint, "Finders beside Python's own");
        foreach (var (name, _) in serving)
            Line(name);
        foreach (var each in behind.Take(Shown))
            Line(
                $"serves {each.Name} {each.Version}{(each.Path is { } path ? $" ({path})" : ", without a path")}: "
                    + $"builds find it, tools that read site-packages do not"
            );
        More(behind.Count);
        foreach (var (name, _) in others)
            Line($"{name} has no find_distributions: what it alone imports does not count as installed");
        if (seen.DistributionsError is { } error)
            Line($"what it would show as installed is missing: {error}");
    }

    private void Broken(Paint paint)
    {
        if (seen.Broken.Count == 0)
            return;
        Section(paint, "Metadata that is ignored");
        foreach (var (path, problem) in seen.Broken.Take(Shown))
            Line($"{path}: {problem}");
        More(seen.Broken.Count);
    }

    private void Pip(Paint paint)
    {
        if (leaked.Count + seen.PipConfiguration.Count == 0)
            return;
        Section(paint, "Configuration of pip");
        foreach (var name in leaked)
            Line($"{name} is set: builds that resolver starts ignore it; pip by hand follows it");
        foreach (var (file, sets, error) in seen.PipConfiguration)
            Line(
                error is null
                    ? $"{file} sets {(sets.Count == 0 ? "nothing" : string.Join(", ", sets))}: builds that resolver "
                        + $"starts ignore it; pip by hand follows it"
                    : $"{file} cannot be read: {error}"
            );
    }

    private string Answer(Requirement requirement)
    {
        if (seen.Find(requirement) is not { } found)
            return "no: no distribution of that name is found";
        var place = found.Path is { } path ? $" ({path})" : "";
        if (IsFound(requirement))
            return $"yes, {found.Version}{place}";
        var better = seen
            .Shadowed.Where(each => ReferenceEquals(each.By, found) && Examination.IsMet(requirement, each.Hidden))
            .Select(each => each.Hidden)
            .FirstOrDefault();
        return better is null
            ? $"no: {found.Version} is found{place}"
            : $"no: {found.Version} is found{place}, and hides {better.Version} ({better.Path}), which would do";
    }

    private bool IsFound(Requirement requirement) =>
        seen.Find(requirement) is { } found && Examination.IsMet(requirement, found);

    private List<SeenDistribution> Behind() => [.. seen.Distributions.Where(each => each.IsBehindFinder)];

    private string Origin(PathEntry entry)
    {
        var origin = IsPlace(entry)
            ? "where the plan goes, or --installed"
            : entry.Origin switch
            {
                "pythonpath" => "PYTHONPATH",
                "site" => "site-packages",
                "pth" => "added by a .pth file",
                "stdlib" => "the standard library",
                _ => "added at start-up",
            };
        return entry.Exists ? origin : $"{origin}; does not exist";
    }

    private bool IsPlace(PathEntry entry) => places.Contains(entry.Path);

    private void Section(Paint paint, string title) => text.Append('\n').Append(paint.Strong(title)).Append('\n');

    private void Line(string line) => text.Append("  ").Append(PlainText.Of(line)).Append('\n');

    private void More(int count)
    {
        if (count > Shown)
            Line($"and {count - Shown} more; --format json has all");
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter writer, string name, IReadOnlyList<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }

    private static void Distribution(Utf8JsonWriter writer, SeenDistribution each)
    {
        writer.WriteString("name", each.Name);
        writer.WriteString("version", each.Version);
        writer.WriteString("path", each.Path);
    }
}
