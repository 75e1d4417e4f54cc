// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.browser.BrowserTab;
import dev.miasma.browser.Chromium;
import dev.miasma.browser.SmallPng;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of {@code src/docs/console.md} from a running demo, into the folder that the property names. */
@EnabledIfSystemProperty(
        named = "miasma.console.images",
        matches = ".+",
        disabledReason = "pictures are taken on demand")
class ConsoleScreenshotsIT {
    private static final Pattern ADDRESS = Pattern.compile("(http://\\S+?)/?(metrics)? while it runs");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_view_light_dark_and_on_a_phone() throws Exception {
        Path images =
                Files.createDirectories(Path.of(Objects.requireNonNull(System.getProperty("miasma.console.images"))));
        try (Chromium chromium = Chromium.start(folder);
                ChildJvm demo =
                        ChildJvm.start(folder, "demo", "--seconds", "900", "--rate", "300", "--defend", "top3,round2");
                BrowserTab tab = chromium.open()) {
            await().atMost(PATIENCE)
                    .failFast(demo::assertAlive)
                    .until(() -> ADDRESS.matcher(demo.out()).find());
            Matcher address = ADDRESS.matcher(demo.out());
            assertThat(address.find()).isTrue();
            URI console = URI.create(address.group(1) + "/");

            tab.go(console);
            // Half the width of the line of rates, and every prober found.
            await().atMost(PATIENCE).until(() -> found(tab) >= 10 && rates(tab) > 60);
            for (boolean dark : new boolean[] {false, true}) {
                String theme = dark ? "dark" : "light";
                tab.show(1280, 1240, dark);
                take(tab, images, "overview-" + theme, console, "overview", ".whisker");
                tab.show(1280, 860, dark);
                take(tab, images, "alerts-" + theme, console, "alerts", ".detail svg.evidence");
                take(tab, images, "clients-" + theme, console, "clients", ".detail .table");
                take(tab, images, "endpoints-" + theme, console, "endpoints", "svg.histogram");
                take(tab, images, "models-" + theme, console, "models", ".card .facts");
                take(tab, images, "topology-" + theme, console, "topology", "svg.topology-picture");
                tab.show(360, 740, dark);
                take(tab, images, "phone-overview-" + theme, console, "overview", ".whisker");
                take(tab, images, "phone-alerts-" + theme, console, "alerts", ".vlist-row");
                tab.click(".vlist-row");
                tab.awaitElement(".detail svg.evidence");
                shoot(tab, images.resolve("phone-alert-" + theme + ".png"));
                take(tab, images, "phone-endpoints-" + theme, console, "endpoints", "svg.histogram");
            }
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static int found(BrowserTab tab) {
        String shown = tab.text("#alerts-total").replace(",", "");
        return shown.matches("\\d+") ? Integer.parseInt(shown) : 0;
    }

    /** How many seconds of rates are drawn: the page keeps its history as long as it is not loaded anew. */
    private static int rates(BrowserTab tab) {
        return tab.eval("(document.querySelector('.spark-line')?.getAttribute('d') ?? '').split('L').length")
                .asInt();
    }

    private static void take(BrowserTab tab, Path images, String name, URI console, String view, String ready)
            throws IOException {
        tab.go(console.resolve("#/" + view));
        tab.awaitElement(ready);
        tab.await("document.querySelectorAll('.loading').length === 0");
        shoot(tab, images.resolve(name + ".png"));
    }

    private static void shoot(BrowserTab tab, Path file) throws IOException {
        tab.eval("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        tab.screenshot(file);
        SmallPng.shrink(file);
    }
}
