import { mount } from "svelte";
import App from "./App.svelte";
import { held } from "./held.svelte";
import { Embedded, isEmbedded, Served } from "./supplies";
import "./style.css";

mount(App, { target: document.getElementById("app")! });
void held.open(isEmbedded() ? new Embedded() : new Served());
