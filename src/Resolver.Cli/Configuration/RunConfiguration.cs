using Resolver.Application.Environments;
using Resolver.Archives.Declarations;
using Resolver.Cli.Terminal;
using Resolver.Execution.Options;
using Resolver.Packaging.Names;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Configuration;

/// <summary>Everything that files and environment variables say to one run, the strongest place first.</summary>
/// <remarks>Single values are the strongest place's; lists and rules add up. Immutable.</remarks>
internal sealed class RunConfiguration
{
    /// <param name="variables">What environment variables say.</param>
    /// <param name="files">What was read, the strongest first.</param>
    public RunConfiguration(IReadOnlyList<SettingValue> variables, IReadOnlyList<ConfigurationFile> files)
    {
        Files = files;
        Levels = [variables, .. files.Select(file => file.Values)];
        Declarations = new ArchiveDeclarations(
            [.. files.SelectMany(file => file.Metadata)],
            [.. files.SelectMany(file => file.Yanked)]
        );
    }

    /// <summary>Nothing is configured.</summary>
    public static RunConfiguration None { get; } = new([], []);

    /// <summary>The files that were read, the strongest first.</summary>
    public IReadOnlyList<ConfigurationFile> Files { get; }

    /// <summary>What each place says of options, the strongest first.</summary>
    public IReadOnlyList<IReadOnlyList<SettingValue>> Levels { get; }

    /// <summary>What is declared about the archive.</summary>
    public ArchiveDeclarations Declarations { get; }

    public IReadOnlyList<Waiver> Waivers => [.. Files.SelectMany(file => file.Waivers)];

    public IReadOnlyList<Exclusion> Exclusions => [.. Files.SelectMany(file => file.Exclusions)];

    /// <summary>Settings of build backends; of one key the strongest file's stand.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings
    {
        get
        {
            var settings = new List<ConfigSetting>();
            foreach (var file in Files)
                settings.AddRange(
                    file.ConfigSettings.Where(each =>
                            !settings.Exists(stronger => stronger.Project == each.Project && stronger.Key == each.Key)
                        )
                        .ToList()
                );
            return settings;
        }
    }

    /// <summary>Variables for the builds of single projects; of one variable the strongest file's value
    /// stands.</summary>
    public IReadOnlyDictionary<PackageName, IReadOnlyDictionary<string, string>> BuildEnvironment
    {
        get
        {
            var all = new Dictionary<PackageName, IReadOnlyDictionary<string, string>>();
            foreach (var (project, variables) in Files.SelectMany(file => file.BuildEnvironment))
            {
                var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
                foreach (var (name, value) in (all.GetValueOrDefault(project) ?? merged).Concat(variables))
                    merged.TryAdd(name, value);
                all[project] = merged;
            }

            return all;
        }
    }

    /// <summary>The environments that are described; of one name the strongest file's.</summary>
    public IReadOnlyList<ConfiguredEnvironment> Environments =>
        [.. Files.SelectMany(file => file.Environments).DistinctBy(each => each.Name)];

    /// <summary>What <c>--universal</c> is for: the strongest file that says so.</summary>
    public UniversalSettings Scope =>
        Files.Select(file => file.Scope).OfType<UniversalSettings>().FirstOrDefault() ?? UniversalSettings.None;

    /// <summary>The environment of a name.</summary>
    /// <exception cref="CommandException">None is described under it.</exception>
    public ConfiguredEnvironment Environment(string name)
    {
        var environments = Environments;
        if (environments.FirstOrDefault(each => each.Name == name) is { } found)
            return found;
        var nearest = NearestName.To(name, environments.Select(each => each.Name));
        throw CommandException.Usage(
            $"--environment '{name}': no configuration file describes it",
            nearest is not null ? $"did you mean '{nearest}'?"
                : environments.Count > 0 ? $"there are {string.Join(", ", environments.Select(each => each.Name))}"
                : $"describe it under [environments.{name}] in resolver.toml"
        );
    }

    /// <summary>What files and variables say of the options that the command has and that nothing stronger silences,
    /// the strongest first.</summary>
    /// <param name="isGiven">Whether the command line gives the option of a key.</param>
    public IEnumerable<SettingValue> Heard(Func<string, bool> isGiven)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in Levels)
        {
            foreach (var value in level)
            {
                var setting = value.Setting;
                if (setting.SilencedBy.Any(key => isGiven(key) || said.Contains(key)))
                    continue;
                if (setting.AddsUp || !(isGiven(setting.Key) || said.Contains(setting.Key)))
                    yield return value;
            }

            said.UnionWith(level.Select(value => value.Setting.Key));
        }
    }
}
