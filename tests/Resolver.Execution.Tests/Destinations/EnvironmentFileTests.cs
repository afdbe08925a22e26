using Resolver.Execution.Destinations;
using Resolver.Testing;
using Xunit;

namespace Resolver.Execution.Tests.Destinations;

/// <summary>What <c>--env-file</c> writes, read by what its users read it with, whatever the folders are
/// called.</summary>
public sealed class EnvironmentFileTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    public static TheoryData<EnvironmentFileForm, string> FormsAndFolders()
    {
        var data = new TheoryData<EnvironmentFileForm, string>();
        foreach (var form in Enum.GetValues<EnvironmentFileForm>())
        {
            foreach (
                var folder in (string[])
                    ["plain", "pré fix", "it's \"q\" $(touch owned) `touch owned` $HOME \\n %s ]] --; #"]
            )
                data.Add(form, folder);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(FormsAndFolders))]
    public async Task It_shows_exactly_the_folders_of_the_plan_the_first_before_the_second(
        EnvironmentFileForm form,
        string folder
    )
    {
        Python.RequirePython3();
        var destination = new InstallDestination.Prefix(Path.Combine(pip[folder], "{name}"));
        var places = new PlanPlaces(
            destination,
            pip.Interpreter,
            new ToyPlan()
                .Install(pip.Archive("a.whl", ""), "alpha", "1.0")
                .Install(pip.Archive("b.whl", ""), "beta", "1.0")
                .Plan()
        );
        foreach (var place in places.SearchPath)
            Directory.CreateDirectory(place);
        Directory.CreateDirectory(places.ProgramPath[1]);
        Directory.CreateDirectory(pip["use"]);
        var file = pip["use", "used" + Suffix(form)];
        await File.WriteAllTextAsync(file, EnvironmentFile.Of(form, places), TestContext.Current.CancellationToken);

        var (path, programs) = await SeenAsync(form, file);

        Assert.Equal(places.SearchPath, path);
        // Programs that are there, and only by what sets variables.
        Assert.Equal(
            form is EnvironmentFileForm.Shell or EnvironmentFileForm.Module ? [places.ProgramPath[1]] : [],
            programs.Where(each => each.StartsWith(pip.Folder, StringComparison.Ordinal))
        );
        Assert.Empty(Directory.GetFiles(pip.Folder, "owned", SearchOption.AllDirectories));
    }

    private async Task<(IReadOnlyList<string> Path, IReadOnlyList<string> Programs)> SeenAsync(
        EnvironmentFileForm form,
        string file
    )
    {
        const string Variables = "import os; print(os.environ['PYTHONPATH']); print(os.environ['PATH'])";
        var folder = Path.GetDirectoryName(file)!;
        switch (form)
        {
            case EnvironmentFileForm.Shell:
                return Of(
                    await Python.RunAsync(
                        "sh",
                        [
                            "-c",
                            "cd \"$0\" && . \"$1\" && unset LC_ALL && exec python3 -c \"$2\"",
                            folder,
                            file,
                            Variables,
                        ],
                        ("PYTHONPATH", null)
                    )
                );
            case EnvironmentFileForm.Module:
                return Of(
                    await Python.RunAsync(
                        "sh",
                        [
                            "-c",
                            "cd \"$0\" && eval \"$(\"$1\" bash load used)\" && exec python3 -c \"$2\"",
                            folder,
                            Lmod.Require(),
                            Variables,
                        ],
                        ("PYTHONPATH", null),
                        ("MODULEPATH", folder)
                    )
                );
            case EnvironmentFileForm.PathFile:
                return Of(
                    await Python.RunAsync([
                        "-c",
                        "import site, sys; before = list(sys.path); site.addsitedir(sys.argv[1]); print(*[each for each in sys.path if each not in before and each != sys.argv[1]], sep=':'); print()",
                        folder,
                    ])
                );
            default:
                return Of(
                    await Python.RunAsync([
                        "-c",
                        "import sys; sys.path.insert(0, sys.argv[1]); import used; print(*used.FOLDERS, sep=':'); print()",
                        folder,
                    ])
                );
        }

        static (IReadOnlyList<string>, IReadOnlyList<string>) Of(string output) =>
            output.Split('\n') is [var path, var programs, ..]
                ? (path.Split(':'), programs.Split(':'))
                : throw new InvalidOperationException(output);
    }

    private static string Suffix(EnvironmentFileForm form) =>
        EnvironmentFile.Suffixes.Split(", ").Single(suffix => EnvironmentFile.FormOf("x" + suffix) == form);
}
